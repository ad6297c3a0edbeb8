//! The two files a new rule begins with.

use std::fs;
use std::path::Path;

use anyhow::{Result, bail};

use crate::generate;

/// Creates the document and the code of a rule, and renews the table.
pub fn create(root: &Path, family: &str, slug: &str) -> Result<()> {
    let kebab = |name: &str| {
        let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        !name.is_empty() && name.chars().all(allowed)
    };
    if !kebab(family) || !kebab(slug) {
        bail!("family and slug are written in kebab-case");
    }
    let document = root.join(format!("rules/{family}/{slug}.md"));
    let module = slug.replace('-', "_");
    let folder = family.replace('-', "_");
    let code = root.join(format!("crates/baton-rules/src/rules/{folder}/{module}.rs"));
    for path in [&document, &code] {
        if path.exists() {
            bail!("{} exists", path.display());
        }
        fs::create_dir_all(path.parent().unwrap_or(root))?;
    }
    fs::write(&document, DOCUMENT)?;
    fs::write(&code, CODE)?;
    generate::write(root)
}

const DOCUMENT: &str = "\
---
summary: What is right, in one line
severity: error
files: [\"**/*.md\"]
checks: []
since: 0.1.0
---

## Why

## Bad

```markdown path=example.md
```

## Good

```markdown path=example.md
```

## Fix

## Expected

```text
```
";

const CODE: &str = "\
//! What must hold.

use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(_ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    if file.text().is_empty() {
        out.report(file.whole(), \"the file is empty\");
    }
}
";
