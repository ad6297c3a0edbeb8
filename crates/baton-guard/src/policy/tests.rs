//! Entries of the allow list.

use super::AllowEntry;

#[test]
fn an_entry_is_the_beginning_of_one_command() {
    for (entry, argv) in [
        ("terraform destroy", Some(vec!["terraform", "destroy"])),
        (" 'git' push ", Some(vec!["git", "push"])),
        ("", None),
        ("a; b", None),
        ("a > b", None),
        ("a $(b)", None),
        ("a $b", None),
        ("X=1 a", None),
    ] {
        let read = AllowEntry::parse(entry).ok().map(|entry| entry.argv);
        let argv = argv.map(|argv| argv.into_iter().map(str::to_owned).collect());
        assert_eq!(read, argv, "{entry:?}");
    }
}

#[test]
fn whole_words_are_compared() {
    let entry = AllowEntry::parse("terraform destroy").unwrap();
    let argv = |line: &str| line.split(' ').map(str::to_owned).collect::<Vec<_>>();
    assert!(entry.covers(&argv("terraform destroy -auto-approve")));
    assert!(!entry.covers(&argv("terraform destroyer")));
    assert!(!entry.covers(&argv("echo terraform destroy")));
}
