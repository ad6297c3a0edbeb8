//! Declarations that stand twice in a module, names that are none, and overrides of nothing.

use baton_iac::terraform::Block;
use baton_repo::File;
use baton_repo::terraform_module::Declaration;
use baton_source::Span;

use super::terraform::Judged;

/// Names that a variable cannot have, because a call of a module means something else by them.
const RESERVED: [&str; 8] = [
    "source",
    "version",
    "providers",
    "count",
    "for_each",
    "lifecycle",
    "depends_on",
    "locals",
];

/// Judges the declarations of a module.
pub(crate) fn judge(judged: &mut Judged<'_, '_>) {
    let module = judged.module;
    for (address, all) in &module.declared {
        again(judged, address, all);
        let is_override = all.iter().all(|it| it.is_override);
        if let (true, true, Some(first)) = (module.is_whole, is_override, all.first())
            && !address.starts_with("provider.")
        {
            let message = format!("no other file declares `{}`", shown(address));
            judged
                .add("override-without-base", (first.file, first.span), message)
                .help("Declare it in a file that is not named `override`, or rename this file.");
        }
    }
    for (file, block) in module.blocks() {
        names(judged, file, block);
        single(judged, file, block);
    }
    twice(judged, "required_providers");
    twice(judged, "backend");
    twice(judged, "cloud");
}

fn again<'r>(judged: &mut Judged<'_, 'r>, address: &str, all: &[Declaration<'r>]) {
    let mut own = all.iter().filter(|it| !it.is_override);
    let Some(first) = own.next() else {
        return;
    };
    for other in own {
        let message = format!("`{}` is declared twice in this module", shown(address));
        judged
            .add(
                "duplicate-terraform-declaration",
                (other.file, other.span),
                message,
            )
            .label(first.file, first.span, "it is declared here first")
            .help("Rename or remove one of the two.");
    }
}

/// Blocks of `terraform` that a module has once, and not again in another file.
fn twice(judged: &mut Judged<'_, '_>, kind: &str) {
    let module = judged.module;
    let mut first: Option<(&File, Span)> = None;
    for code in &module.files {
        if code.role != baton_repo::terraform_module::Role::Code {
            continue;
        }
        let blocks = code.file.iac().map(|iac| iac.outline.body.blocks.iter());
        let blocks = blocks.into_iter().flatten();
        let blocks = blocks.filter(|block| block.kind == "terraform");
        for inner in blocks.flat_map(|block| block.body.blocks_of(kind)) {
            let Some((file, span)) = first else {
                first = Some((code.file, inner.span));
                continue;
            };
            let message = format!("block `{kind}` stands twice in this module");
            judged
                .add(
                    "duplicate-terraform-declaration",
                    (code.file, inner.span),
                    message,
                )
                .label(file, span, "it stands here first")
                .help("Put both into one.");
        }
    }
}

/// Blocks that a resource has once.
fn single<'r>(judged: &mut Judged<'_, 'r>, file: &'r File, block: &'r Block) {
    if !matches!(block.kind.as_str(), "resource" | "data" | "ephemeral") {
        return;
    }
    for kind in ["lifecycle", "connection"] {
        for inner in block.body.blocks_of(kind).skip(1) {
            let message = format!("`{}` has block `{kind}` twice", block.kind);
            judged
                .add(
                    "duplicate-terraform-declaration",
                    (file, inner.span),
                    message,
                )
                .help("Put both into one.");
        }
    }
}

fn names<'r>(judged: &mut Judged<'_, 'r>, file: &'r File, block: &'r Block) {
    let named = matches!(
        block.kind.as_str(),
        "resource" | "data" | "ephemeral" | "module" | "variable" | "output" | "check"
    );
    if !named {
        return;
    }
    for label in &block.labels {
        if !is_name(&label.text) {
            let message = format!("`{}` is no name", label.text);
            judged
                .add("malformed-terraform-name", (file, label.span), message)
                .help("Begin with a letter or `_`, and go on with letters, digits, `_` and `-`.");
        } else if block.kind == "variable" && RESERVED.contains(&label.text.as_str()) {
            let message = format!("a variable cannot be named `{}`", label.text);
            judged
                .add("malformed-terraform-name", (file, label.span), message)
                .help("Name it otherwise: calls of modules use this name themselves.");
        }
    }
}

/// Whether a text is an identifier of HCL.
fn is_name(text: &str) -> bool {
    let mut letters = text.chars();
    letters.next().is_some_and(is_start) && letters.all(is_continue)
}

/// An address as a reference would have it.
fn shown(address: &str) -> String {
    match address.strip_prefix("provider.") {
        Some(provider) => format!("provider {provider}"),
        None => address.to_owned(),
    }
}

/// Whether a name may begin so; a letter that only Unicode's tables know counts.
fn is_start(letter: char) -> bool {
    letter.is_alphabetic() || letter == '_' || (!letter.is_ascii() && !letter.is_whitespace())
}

/// Whether a name may go on so.
fn is_continue(letter: char) -> bool {
    is_start(letter) || letter.is_numeric() || letter == '-'
}
