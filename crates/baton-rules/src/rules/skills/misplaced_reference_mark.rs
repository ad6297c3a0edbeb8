//! References of skills begin with the mark by which one can tell that they were read.

use baton_source::{Applicability, Fix, Span};

use crate::support::{docs, skills};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let own = ctx.settings.docs.reference_mark.as_ref();
    let Some(mark) = own.or(docs::conventions(ctx).reference_mark.as_ref()) else {
        return;
    };
    if !skills::conventions(ctx).marked_first {
        return;
    }
    let text = file.text();
    // Without a mark anywhere it is `unmarked-skill-reference`'s business.
    let Some(at) = text.find(mark.as_str()) else {
        return;
    };
    if docs::skill_of(ctx.repo, file).is_none() {
        return;
    }
    let start = text.trim_start_matches('\u{feff}').trim_start();
    let first = start.lines().next().unwrap_or("");
    if is_mark(first) {
        return;
    }
    let is_first = start.starts_with(mark.as_str());
    let line = docs::line(file, Span::at(at).start);
    let span = Span::new(at, at + mark.len());
    let message = if is_first {
        "the mark has no name and version, or does not end on its line"
    } else {
        "the mark is not the first line"
    };
    let stem = file.path.name().trim_end_matches(".md");
    let finding = out
        .report(file.at(&span), message)
        .help(format!("Begin the file with `<!-- ref:{stem}-v1 -->`."));
    // A mark that is whole and alone on its line moves to the top.
    let lines = file.lines();
    if is_first || !is_mark(line) {
        return;
    }
    let number = lines.line_of(Span::at(at).start);
    let from = lines.start_of(number).unwrap_or_default() as usize;
    let rest = text.get(from..).unwrap_or("");
    let end = from + rest.find('\n').map_or(rest.len(), |end| end + 1);
    let top = text.len() - text.trim_start_matches('\u{feff}').len();
    let ending = file.line_ending();
    finding.fix(Fix {
        title: "Move the mark to the top".to_owned(),
        applicability: Applicability::Unsafe,
        edits: vec![
            file.edit(Span::at(top), format!("{}{ending}{ending}", line.trim())),
            file.edit(Span::new(from, end), ""),
        ],
    });
}

/// Whether a line is a mark: a comment of `ref:`, a name, `-v`, a number and whatever follows.
fn is_mark(line: &str) -> bool {
    let comment = line.strip_prefix("<!--");
    let Some((inside, _)) = comment.and_then(|rest| rest.split_once("-->")) else {
        return false;
    };
    let Some(rest) = inside.trim_start().strip_prefix("ref:") else {
        return false;
    };
    let is_part = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '-';
    let end = rest.find(|it| !is_part(it)).unwrap_or(rest.len());
    let (name, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
    let is_word = |it: char| it.is_alphanumeric() || it == '_';
    let is_versioned = name.rsplit_once("-v").is_some_and(|(slug, version)| {
        let digits = version.find(|it: char| !it.is_ascii_digit());
        // Something else may follow the number behind a hyphen.
        let digits = digits.unwrap_or(version.len());
        let rest = version.get(digits..).unwrap_or("");
        !slug.is_empty() && digits > 0 && !rest.starts_with(is_word)
    });
    is_versioned && !after.starts_with(is_word)
}

#[cfg(test)]
mod tests {
    use super::is_mark;

    #[test]
    fn marks_have_a_name_and_a_version() {
        for line in [
            "<!-- ref:a-v1 -->",
            "<!--ref:a-b-v12 moved --> x",
            "<!-- ref:a-v1-->",
        ] {
            assert!(is_mark(line), "{line}");
        }
        for line in [
            "<!-- ref:a-vX -->",
            "<!-- ref:a -->",
            "<!-- ref:a-v1",
            "<!-- ref:-v1x -->",
            " <!-- ref:a-v1 -->",
        ] {
            assert!(!is_mark(line), "{line}");
        }
    }
}
