//! Where symbolic links lead, in a set of files that is on no disk.

use baton_source::RepoPath;

/// The end of a chain of links.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Follow {
    /// Out of the root.
    Outside,
    /// Here, whatever is there.
    To(RepoPath),
}

/// As many links as systems follow before they call it a loop.
const MOST: usize = 40;

/// Follows a path through every link it meets, its folders' among them; `target` gives what a
/// link holds and nothing for what is no link.
pub(super) fn follow(path: &RepoPath, target: impl Fn(&RepoPath) -> Option<String>) -> Follow {
    let mut at = path.clone();
    for _ in 0..MOST {
        let Some((link, rest)) = first_link(&at, &target) else {
            return Follow::To(at);
        };
        let Some(held) = target(&link) else {
            return Follow::To(at);
        };
        if held.starts_with('/') {
            return Follow::Outside;
        }
        let Some(next) = link.join(&format!("{held}/{rest}")) else {
            return Follow::Outside;
        };
        at = next;
    }
    Follow::To(path.clone())
}

/// The shortest leading part of a path that is a link, and what follows it.
fn first_link(
    path: &RepoPath,
    target: &impl Fn(&RepoPath) -> Option<String>,
) -> Option<(RepoPath, String)> {
    let text = path.as_str();
    let cuts = text.match_indices('/').map(|(at, _)| at);
    for cut in cuts.chain([text.len()]) {
        let (Some(head), Some(rest)) = (text.get(..cut), text.get(cut..)) else {
            continue;
        };
        let head = RepoPath::new(head);
        if target(&head).is_some() {
            return Some((head, rest.trim_start_matches('/').to_owned()));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use baton_source::RepoPath;

    use super::{Follow, follow};

    fn end(links: &[(&str, &str)], path: &str) -> Option<String> {
        let target = |at: &RepoPath| {
            let mut links = links.iter();
            let found = links.find(|(link, _)| *link == at.as_str());
            found.map(|(_, held)| (*held).to_owned())
        };
        match follow(&RepoPath::new(path), target) {
            Follow::Outside => None,
            Follow::To(path) => Some(path.as_str().to_owned()),
        }
    }

    #[test]
    fn links_are_followed_inside_the_root_only() {
        let links = [
            ("a/link.md", "../b/real.md"),
            ("folder", "b"),
            ("twice", "folder/real.md"),
            ("up", "../elsewhere"),
            ("absolute", "/etc/passwd"),
            ("loop", "loop"),
        ];
        assert_eq!(end(&links, "a/link.md").as_deref(), Some("b/real.md"));
        assert_eq!(end(&links, "folder/x.md").as_deref(), Some("b/x.md"));
        assert_eq!(end(&links, "twice").as_deref(), Some("b/real.md"));
        assert_eq!(end(&links, "up"), None);
        assert_eq!(end(&links, "absolute"), None);
        assert_eq!(end(&links, "loop").as_deref(), Some("loop"));
    }
}
