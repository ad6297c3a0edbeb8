//! Who is at the other end of standard input.
//!
//! Git writes into a pipe, and leaves it empty when nothing is pushed. A hook manager that keeps
//! the pipe to itself gives its jobs a device that is empty at all times.

/// Whether nobody writes to standard input.
#[cfg(unix)]
pub(super) fn is_nobodys() -> bool {
    use std::os::fd::AsFd as _;
    use std::os::unix::fs::FileTypeExt as _;
    let copy = std::io::stdin().as_fd().try_clone_to_owned();
    let data = copy.and_then(|copy| std::fs::File::from(copy).metadata());
    data.is_ok_and(|data| data.file_type().is_char_device())
}

/// Whether nobody writes to standard input; nobody can tell here.
#[cfg(not(unix))]
pub(super) fn is_nobodys() -> bool {
    false
}
