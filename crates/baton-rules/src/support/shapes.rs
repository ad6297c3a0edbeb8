//! Documents whose own family says whether they have the shape of their kind.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use baton_repo::schema::{self, Schema};
use baton_syntax::json::{self, Dialect};

use crate::support::json_schemas::judged;
use crate::{Ctx, File, Findings};

/// Our schemas by name, those that were asked for.
type Compiled = BTreeMap<&'static str, Option<Arc<Schema>>>;

/// A kind of document: its name, the check that is about it, and our schema.
pub(crate) struct Shape {
    pub(crate) name: &'static str,
    pub(crate) check: &'static str,
    pub(crate) schema: &'static str,
}

impl Shape {
    /// Reports where a document is no JSON, or breaks the schema of its kind: the repository's
    /// where it has one, or else ours.
    pub(crate) fn judge(&self, ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
        let errors = &file.document().errors;
        for error in errors {
            let message = format!("this is not JSON: {}", error.message);
            out.report(file.at(error), message)
                .help("Mend the syntax; until then nobody can read the document.");
        }
        let Some(document) = file.node().filter(|_| errors.is_empty()) else {
            return;
        };
        // A schema that somebody mapped to the file has its own rule.
        if !ctx.is_asked(self.check) && judged(ctx).files.contains(&file.id) {
            return;
        }
        let path = format!("tools/schemas/{}.schema.json", self.name);
        let theirs = ctx.repo.file(&path);
        let usable = theirs.and_then(|file| schema::of_file(ctx.repo, file).ok());
        let usable = usable.map(Arc::new);
        let is_theirs = usable.is_some();
        let Some(schema) = usable.or_else(|| self.ours()) else {
            return;
        };
        for error in schema.validate(document) {
            let finding = out.report(file.at(&error), error.message);
            finding.help("Mend the value, or let the step that writes the document run again.");
            if let Some(theirs) = theirs.filter(|_| is_theirs) {
                finding.label(theirs.whole(), "the schema");
            }
        }
    }

    /// Our own schemas compile; a test says so. Each does once, however many documents there are.
    fn ours(&self) -> Option<Arc<Schema>> {
        static COMPILED: Mutex<Compiled> = Mutex::new(Compiled::new());
        let compile = || {
            let tree = json::parse(self.schema, Dialect::Strict).root?;
            Schema::compile(&tree).ok().map(Arc::new)
        };
        let mut compiled = COMPILED.lock().unwrap_or_else(PoisonError::into_inner);
        compiled.entry(self.name).or_insert_with(compile).clone()
    }
}
