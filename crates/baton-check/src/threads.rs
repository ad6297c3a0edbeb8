//! How many threads judge.

/// Judges on `wanted` threads from now on and says how many there are; without a wish, one per
/// core or what `RAYON_NUM_THREADS` says. Only the first call of a process decides.
pub fn use_threads(wanted: Option<usize>) -> usize {
    if let Some(wanted) = wanted {
        let builder = rayon::ThreadPoolBuilder::new().num_threads(wanted.max(1));
        // It fails only when a pool exists already, and then that one stays.
        let _ = builder.build_global();
    }
    rayon::current_num_threads()
}
