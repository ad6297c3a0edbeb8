//! Messages that git, servers and releases write, which nobody can write differently.

use std::sync::LazyLock;

use regex::RegexSet;

/// Whether a message is such a one, as commitlint tells them.
pub(crate) fn is_written_by_git(text: &str) -> bool {
    static FORMS: LazyLock<Option<RegexSet>> = LazyLock::new(|| {
        let forms = [
            r"(?m)^(?:Merge pull request|Merge .*? into .*?\n*$|Merge branch .*?\n*$)",
            r"(?m)^Merge tag .*?\n*$",
            r"^[Rr]evert ",
            r"^[Rr]eapply ",
            r"^(?:amend|fixup|squash)!",
            r"^Merged (?:.*?in(?:to)? |PR .*: )",
            r"^Merge remote-tracking branch",
            r"^Automatic merge",
            r"^Auto-merged .*? into ",
        ];
        RegexSet::new(forms).ok()
    });
    let text = text.trim_end().replace("\r\n", "\n");
    let forms = FORMS.as_ref();
    forms.is_some_and(|forms| forms.is_match(&text)) || is_version(&text)
}

/// Whether the first line is a version, with what release tools put around it.
fn is_version(text: &str) -> bool {
    static AROUND: LazyLock<Option<regex::Regex>> = LazyLock::new(|| {
        let skip = r"\[(?i:skip|ci)[-\s](?i:ci|skip)\]|\((?i:skip|ci)[-\s](?i:ci|skip)\)";
        regex::Regex::new(&format!(r"^chore(?:\([^)]+\))?:|{skip}")).ok()
    });
    static VERSION: LazyLock<Option<regex::Regex>> = LazyLock::new(|| {
        let number = "(?:0|[1-9][0-9]*)";
        let word = "(?:0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*)";
        regex::Regex::new(&format!(
            r"^v?{number}\.{number}\.{number}(?:-{word}(?:\.{word})*)?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$"
        ))
        .ok()
    });
    let first = text.lines().next().unwrap_or("");
    let (Some(around), Some(version)) = (AROUND.as_ref(), VERSION.as_ref()) else {
        return false;
    };
    version.is_match(around.replace_all(first, "").trim())
}

#[cfg(test)]
mod tests {
    use super::is_written_by_git;

    #[test]
    fn messages_of_git_are_told_from_others() {
        for text in [
            "Merge branch 'a'\n",
            "Merge branch 'a' into b\n\n# Conflicts:\n#\tx\n",
            "Merge pull request #1 from a/b\n\nx",
            "Revert \"feat: x\"",
            "fixup! feat: x",
            "v1.2.3",
            "chore(release): 1.2.3 [skip ci]",
            "Merge remote-tracking branch 'origin/x'",
            "Merged PR 12: Add x",
        ] {
            assert!(is_written_by_git(text), "{text}");
        }
        for text in ["feat: x", "Merge", "reverted", "1.2", "chore: 1.2.3 is out"] {
            assert!(!is_written_by_git(text), "{text}");
        }
    }
}
