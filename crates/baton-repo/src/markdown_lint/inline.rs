//! Comments in a text that switch rules on and off: `<!-- markdownlint-disable MD013 -->`.

use baton_syntax::json::{Dialect, parse};
use baton_syntax::yaml;

use super::names;
use super::settings::RuleConfig;

/// A comment: what it asks for and of which rules.
struct Ask<'t> {
    action: String,
    parameter: &'t str,
}

/// What the `configure-file` comments of a text say, if there are any.
pub(super) fn configured(text: &str) -> Option<RuleConfig> {
    let mut config = None;
    for ask in asks(text).filter(|ask| ask.action == "CONFIGURE-FILE") {
        let json = parse(ask.parameter, Dialect::WithComments).root;
        let read = json.or_else(|| yaml::parse(ask.parameter, 0).root);
        if let Some(said) = read.filter(baton_syntax::node::Node::is_mapping) {
            let below: RuleConfig = config.take().unwrap_or_default();
            config = Some(below.overlaid(&RuleConfig::of(&said)));
        }
    }
    config
}

/// The rules that run on each line, as bits, when `on` run unless a comment says otherwise.
pub(super) fn lines(lines: &[&str], on: u64) -> Vec<u64> {
    let all = on_lines(lines);
    if all.is_empty() {
        return vec![on; lines.len()];
    }
    let mut enabled = on;
    for (_, ask) in &all {
        if let "ENABLE-FILE" | "DISABLE-FILE" = ask.action.as_str() {
            enabled = applied(ask, enabled);
        }
    }
    let mut captured = on;
    let mut asks = all.iter().peekable();
    let mut result = Vec::with_capacity(lines.len());
    for number in 0..lines.len() {
        while let Some((_, ask)) = asks.next_if(|(line, _)| *line == number) {
            match ask.action.as_str() {
                "CAPTURE" => captured = enabled,
                "RESTORE" => enabled = captured,
                "ENABLE" | "DISABLE" => enabled = applied(ask, enabled),
                _ => {}
            }
        }
        result.push(enabled);
    }
    for (line, ask) in &all {
        let line = match ask.action.as_str() {
            "DISABLE-LINE" => *line,
            "DISABLE-NEXT-LINE" => line + 1,
            _ => continue,
        };
        if let Some(place) = result.get_mut(line) {
            *place = applied(ask, *place);
        }
    }
    result
}

fn on_lines<'t>(lines: &[&'t str]) -> Vec<(usize, Ask<'t>)> {
    let numbered = lines.iter().enumerate();
    numbered
        .flat_map(|(number, line)| asks(line).map(move |ask| (number, ask)))
        .collect()
}

fn applied(ask: &Ask<'_>, state: u64) -> u64 {
    let mut names = ask.parameter.split_whitespace().peekable();
    let bits = if names.peek().is_none() {
        u64::MAX
    } else {
        let rules = names.flat_map(names::named);
        rules.fold(0, |bits, rule| bits | rule.bit())
    };
    if ask.action.starts_with("ENABLE") {
        state | bits
    } else {
        state & !bits
    }
}

/// The comments of a text that end in it.
fn asks(text: &str) -> impl Iterator<Item = Ask<'_>> {
    let starts = text.match_indices("<!--").map(|(at, open)| at + open.len());
    starts.filter_map(|start| ask(text.get(start..)?))
}

/// Reads a comment from behind its opening.
fn ask(text: &str) -> Option<Ask<'_>> {
    const PREFIX: &str = "markdownlint-";
    let text = text.trim_start();
    let prefix = text.get(..PREFIX.len())?;
    if !prefix.eq_ignore_ascii_case(PREFIX) {
        return None;
    }
    let text = text.get(PREFIX.len()..)?;
    let close = text.find("-->")?;
    let comment = text.get(..close)?;
    let word = comment.find(char::is_whitespace).unwrap_or(comment.len());
    let (action, parameter) = comment.split_at(word);
    Some(Ask {
        action: action.to_uppercase(),
        parameter,
    })
}

#[cfg(test)]
mod tests {
    use super::super::names::LintRule;
    use super::{configured, lines};

    fn on(text: &[&str], id: &str) -> Vec<bool> {
        let bit = LintRule::of(id).unwrap().bit();
        lines(text, u64::MAX)
            .iter()
            .map(|bits| bits & bit != 0)
            .collect()
    }

    #[test]
    fn disable_holds_from_its_own_line() {
        let text = [
            "a",
            "<!-- markdownlint-disable MD009 -->",
            "b",
            "<!-- MARKDOWNLINT-ENABLE -->",
            "c",
        ];
        assert_eq!(on(&text, "MD009"), [true, false, false, true, true]);
        assert_eq!(on(&text, "MD010"), [true; 5]);
    }

    #[test]
    fn next_line_is_one_line() {
        let text = [
            "<!-- markdownlint-disable-next-line no-trailing-spaces -->",
            "b",
            "c",
        ];
        assert_eq!(on(&text, "MD009"), [true, false, true]);
        let text = ["b <!-- markdownlint-disable-line whitespace -->", "c"];
        assert_eq!(on(&text, "MD012"), [false, true]);
    }

    #[test]
    fn capture_and_restore() {
        let text = [
            "<!-- markdownlint-capture -->",
            "<!-- markdownlint-disable -->",
            "x",
            "<!-- markdownlint-restore -->",
        ];
        assert_eq!(on(&text, "MD009"), [true, false, false, true]);
        assert_eq!(
            on(&["a", "<!-- markdownlint-disable-file -->"], "MD009"),
            [false; 2]
        );
    }

    #[test]
    fn files_are_configured_over_several_lines() {
        let config = configured("<!-- markdownlint-configure-file {\n \"MD009\": false\n} -->");
        let settings = config.unwrap().settings();
        assert!(!settings.of(LintRule::of("MD009").unwrap()).unwrap().on);
        assert!(configured("<!-- markdownlint-disable -->").is_none());
    }
}
