//! Comments that switch rules off and on.

use crate::File;

use super::YamlRule;

/// Whether the first line says that the file is not judged.
pub(super) fn is_disabled(text: &str) -> bool {
    let first = text.lines().next().unwrap_or("");
    let words = first.strip_prefix('#').map(str::trim_start);
    words.is_some_and(|words| words.trim_end() == "yamllint disable-file")
}

/// The rules that are off on each line, out of those that run; what the last entry says holds
/// for the lines behind it too. Nothing when no comment speaks of rules.
pub(super) fn switched_off(file: &File, on: u32) -> Vec<u32> {
    if !file.text().contains("# yamllint ") {
        return Vec::new();
    }
    let said = file.yaml_tokens().comments.iter().filter_map(|comment| {
        let said = said(comment.span.of(file.text()), on)?;
        Some((comment, said))
    });
    let said: Vec<_> = said.collect();
    let lines = file
        .lines()
        .line_of(u32::try_from(file.text().len()).unwrap_or(u32::MAX))
        + 1;
    let mut off = vec![0; lines + 1];
    let (mut standing, mut here) = (0, said.iter().peekable());
    for line in 0..lines {
        while let Some((comment, said)) = here.next_if(|(comment, _)| comment.line <= line) {
            match said {
                Said::Disable(rules) => standing |= rules,
                Said::Enable(rules) => standing &= !rules,
                Said::Line(rules) => {
                    let meant = line + usize::from(!comment.is_inline);
                    if let Some(off) = off.get_mut(meant) {
                        *off |= rules;
                    }
                }
            }
        }
        if let Some(off) = off.get_mut(line) {
            *off |= standing;
        }
    }
    off
}

/// What a comment says about rules.
enum Said {
    Disable(u32),
    Enable(u32),
    /// About one line: its own, or the next when it stands alone.
    Line(u32),
}

fn said(comment: &str, on: u32) -> Option<Said> {
    let words = comment.strip_prefix("# yamllint ")?.trim_end();
    let (what, rules) = words.split_once(' ').unwrap_or((words, ""));
    let mut bits = if rules.is_empty() { on } else { 0 };
    for rule in rules.split(' ').filter(|rule| !rule.is_empty()) {
        let rule = YamlRule::of(rule.strip_prefix("rule:")?);
        bits |= rule.map_or(0, YamlRule::bit);
    }
    match what {
        "disable" => Some(Said::Disable(bits)),
        "enable" if rules.is_empty() => Some(Said::Enable(u32::MAX)),
        "enable" => Some(Said::Enable(bits)),
        "disable-line" => Some(Said::Line(bits)),
        _ => None,
    }
}
