//! The workspace keeps its own house limits.

#[test]
fn the_house_is_tidy() {
    let breaches = xtask::tidy::breaches(&xtask::root()).expect("the workspace can be read");
    assert!(breaches.is_empty(), "{}", breaches.join("\n"));
}
