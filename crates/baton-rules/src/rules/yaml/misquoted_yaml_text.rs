//! Text stands in quotes, or not, as configured.

use baton_syntax::yaml::tokens::{Token, TokenKind, tokens};
use regex::Regex;

use crate::support::yaml::Lint;
use crate::support::yaml_values::{decoded, is_special};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

/// What is configured.
struct Wanted<'a> {
    /// `true`, `false` or `only-when-needed`.
    required: &'a str,
    quotes: &'a str,
    /// Whether the other quotes may stand around those that are allowed.
    around_quotes: bool,
    extra_required: Vec<Regex>,
    extra_allowed: Vec<Regex>,
    /// The first quotes of the file, when all must be alike.
    first: Option<TokenKind>,
}

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(lint) = Lint::of(ctx, file, "quoted-strings") else {
        return;
    };
    let patterns = |name| {
        let patterns = lint.words(name).unwrap_or_default();
        let patterns = patterns.iter().filter_map(|one| Regex::new(one).ok());
        patterns.collect::<Vec<_>>()
    };
    let mut wanted = Wanted {
        required: lint.word("required", "true"),
        quotes: lint.word("quote-type", "any"),
        around_quotes: lint.flag("allow-quoted-quotes", false),
        extra_required: patterns("extra-required"),
        extra_allowed: patterns("extra-allowed"),
        first: None,
    };
    let keys = lint.flag("check-keys", false);
    let mut depth = 0_usize;
    let all = lint.tokens();
    for (number, token) in all.iter().enumerate() {
        if token.kind.is_flow_start() {
            depth += 1;
        } else if token.kind.is_flow_end() {
            depth = depth.saturating_sub(1);
        }
        let before = number.checked_sub(1).and_then(|before| all.get(before));
        if !before.is_some_and(|before| may_precede(&lint, before, keys)) {
            continue;
        }
        if let Some(message) = wanted.complaint(lint.text_of(token), token.kind, depth > 0) {
            report(&lint, token, message, out);
        }
    }
}

fn may_precede(lint: &Lint<'_>, before: &Token, keys: bool) -> bool {
    use TokenKind::{Comma, Entry, FlowSequenceStart, Key, Tag, Value};
    match before.kind {
        Key => keys,
        Tag => !lint.text_of(before).starts_with("!!"),
        Comma | Entry | FlowSequenceStart | Value => true,
        _ => false,
    }
}

fn report(lint: &Lint<'_>, token: &Token, message: &str, out: &mut Findings) {
    if let Some(finding) = lint.report(out, token.span, message) {
        finding.help("Write the text as the configuration demands.");
    }
}

impl Wanted<'_> {
    fn complaint(&mut self, written: &str, kind: TokenKind, flow: bool) -> Option<&'static str> {
        if !kind.is_scalar() || kind == TokenKind::Block {
            return None;
        }
        let text = decoded(written, kind);
        let special = is_special(&text);
        let matches = |patterns: &[Regex]| patterns.iter().any(|one| one.is_match(&text));
        if kind == TokenKind::Plain {
            let demanded = self.required == "true" || matches(&self.extra_required);
            return (demanded && !special).then_some("this text stands without quotes");
        }
        let sparing = self.required == "only-when-needed";
        if sparing && !special && !text.is_empty() && !needs_quotes(written, &text, kind, flow) {
            let wanted = matches(&self.extra_required) || matches(&self.extra_allowed);
            return (!wanted).then_some("this text needs no quotes");
        }
        (!self.fits(written, kind)).then_some("this text stands in the wrong quotes")
    }

    /// Whether the quotes are the configured ones, or may be others.
    fn fits(&mut self, written: &str, kind: TokenKind) -> bool {
        let inner = written
            .get(1..written.len().saturating_sub(1))
            .unwrap_or("");
        let other = if kind == TokenKind::Double { '\'' } else { '"' };
        let fits = match self.quotes {
            "single" => kind == TokenKind::Single,
            "double" => kind == TokenKind::Double,
            "consistent" => *self.first.get_or_insert(kind) == kind,
            _ => true,
        };
        fits || (self.around_quotes && inner.contains(other))
    }
}

/// Whether text would mean something else without quotes.
fn needs_quotes(written: &str, text: &str, kind: TokenKind, flow: bool) -> bool {
    let line_ends = kind == TokenKind::Double && written.contains("\\\n");
    if line_ends || (flow && text.contains([',', '[', ']', '{', '}'])) {
        return true;
    }
    let unprintable = |sign: char| sign.is_control() && !matches!(sign, '\t' | '\n' | '\r');
    if text.contains(unprintable) {
        return true;
    }
    let line = format!("key: {text}");
    let read = tokens(&line);
    let value = read
        .tokens
        .iter()
        .skip_while(|token| token.kind != TokenKind::Value);
    let value: Vec<&Token> = value.skip(1).collect();
    let [value, end] = value.as_slice() else {
        return true;
    };
    let plain = value.kind == TokenKind::Plain && end.kind == TokenKind::BlockEnd;
    read.stopped.is_some() || !plain || value.span.of(&line) != text
}
