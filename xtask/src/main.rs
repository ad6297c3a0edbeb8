//! `cargo xtask gen | tidy | new-rule FAMILY SLUG | parity REFERENCE NODE | bicep-format CHECKOUT`.

use std::io::Write as _;

use anyhow::{Result, bail};

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let root = xtask::root();
    match arguments.as_slice() {
        ["gen"] => {
            xtask::generate::write(&root)?;
            xtask::fault_table::write(&root)
        }
        ["tidy"] => xtask::tidy::check(&root),
        ["new-rule", family, slug] => xtask::new_rule::create(&root, family, slug),
        ["parity", reference, node] => {
            let cases = xtask::parity::run(&root, reference.as_ref(), node.as_ref())?;
            let mut out = std::io::stdout();
            writeln!(
                out,
                "the reference says what the recipe claims in all {cases} cases"
            )?;
            Ok(())
        }
        ["bicep-format", checkout] => {
            let score = xtask::bicep_format::score(checkout.as_ref())?;
            let mut out = std::io::stdout();
            for (path, line) in &score.differing {
                writeln!(out, "{}:{line}: differs", path.display())?;
            }
            let same = score.samples - score.differing.len();
            writeln!(out, "{same} of {} samples come out the same", score.samples)?;
            Ok(())
        }
        _ => bail!(
            "usage: cargo xtask gen | tidy | new-rule FAMILY SLUG | parity REFERENCE NODE | bicep-format CHECKOUT"
        ),
    }
}
