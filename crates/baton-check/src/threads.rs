//! How many threads judge, and when one is enough.

use std::sync::OnceLock;
use std::thread;

/// So many files and rules over the repository are judged before other threads have started.
const FEW: usize = 24;

static WANTED: OnceLock<usize> = OnceLock::new();

/// Judges on `wanted` threads from now on and says how many there are; without a wish, one per
/// core or what `RAYON_NUM_THREADS` says. Only the first call of a process decides.
pub fn use_threads(wanted: Option<usize>) -> usize {
    *WANTED.get_or_init(|| match wanted {
        Some(wanted) => wanted.max(1),
        None => by_default(),
    })
}

fn by_default() -> usize {
    let named = std::env::var("RAYON_NUM_THREADS").ok();
    let named = named.and_then(|count| count.parse().ok());
    let cores = || thread::available_parallelism().map_or(1, usize::from);
    named.filter(|count| *count > 0).unwrap_or_else(cores)
}

/// Whether so many files and rules are worth several threads, which are started then.
pub(crate) fn start_for(tasks: usize) -> bool {
    if rayon::current_thread_index().is_some() {
        // The caller chose a pool.
        return true;
    }
    let threads = use_threads(None);
    if threads == 1 || tasks <= FEW {
        return false;
    }
    let builder = rayon::ThreadPoolBuilder::new().num_threads(threads);
    // It fails only when the pool exists already, and then that one stays.
    let _ = builder.build_global();
    true
}
