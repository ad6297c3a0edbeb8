//! Every reference of a module with what may be said where it stands.

use baton_iac::terraform::{Attribute, Block, Body, Reference};
use baton_repo::{File, TerraformModule};

/// What the expressions of a place may mention.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place<'m> {
    /// The declaration around it, such as `local.x`, if it has a name.
    pub(crate) owner: &'m str,
    /// Its `for_each` gives `each` a meaning.
    pub(crate) each: bool,
    /// Its `count` gives `count` a meaning.
    pub(crate) count: bool,
    /// What it is to the resource around it.
    pub(crate) time: Time,
    /// What the references are taken for.
    pub(crate) form: Form,
}

/// When an expression of a resource is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Time {
    /// To make it.
    Now,
    /// Apart from it: its conditions.
    Late,
    /// When it is there, so that `self` is known.
    Owned,
}

/// What references are taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// Their value.
    Value,
    /// Whole objects: `depends_on`.
    Names,
    /// Whole objects, and those that are not there are passed over: `replace_triggered_by`.
    Triggers,
}

/// One reference.
pub(crate) struct Site<'r, 'm> {
    /// Its file.
    pub(crate) file: &'r File,
    /// The reference.
    pub(crate) reference: &'r Reference,
    /// What may be said there.
    pub(crate) place: Place<'m>,
}

/// Goes through every expression that is evaluated in the module.
pub(crate) fn references<'r>(module: &TerraformModule<'r>, visit: &mut dyn FnMut(&Site<'r, '_>)) {
    for (file, block) in module.blocks() {
        let mut walk = Walk {
            file,
            visit: &mut *visit,
        };
        walk.top(block);
    }
}

const NOWHERE: Place<'static> = Place {
    owner: "",
    each: false,
    count: false,
    time: Time::Now,
    form: Form::Value,
};

struct Walk<'r, 'v> {
    file: &'r File,
    visit: &'v mut dyn FnMut(&Site<'r, '_>),
}

impl<'r> Walk<'r, '_> {
    fn top(&mut self, block: &'r Block) {
        let label = |at: usize| block.label(at).unwrap_or("");
        match block.kind.as_str() {
            "locals" => {
                for local in &block.body.attributes {
                    let owner = format!("local.{}", local.name);
                    let place = Place {
                        owner: &owner,
                        ..NOWHERE
                    };
                    self.attribute(local, place);
                }
            }
            "resource" => self.resource(block, &format!("{}.{}", label(0), label(1))),
            kind @ ("data" | "ephemeral") => {
                self.resource(block, &format!("{kind}.{}.{}", label(0), label(1)));
            }
            "module" => {
                let owner = format!("module.{}", label(0));
                let place = repeated(&block.body, &owner);
                self.arguments(&block.body, place, &["source", "version", "providers"]);
            }
            "provider" => {
                let place = repeated(&block.body, "");
                self.arguments(&block.body, place, &["alias", "version"]);
                self.nested(&block.body, place);
            }
            "output" | "variable" => {
                self.arguments(&block.body, NOWHERE, &["type"]);
                self.nested(&block.body, NOWHERE);
            }
            "import" => {
                let place = repeated(&block.body, "");
                self.arguments(&block.body, place, &["to", "provider"]);
            }
            "check" => self.check(block),
            _ => {}
        }
    }

    fn check(&mut self, block: &'r Block) {
        for inner in &block.body.blocks {
            if inner.kind == "data" {
                self.resource(inner, "");
            } else {
                self.arguments(&inner.body, NOWHERE, &[]);
            }
        }
    }

    fn resource(&mut self, block: &'r Block, owner: &str) {
        let place = repeated(&block.body, owner);
        self.arguments(&block.body, place, &["provider"]);
        for inner in &block.body.blocks {
            let late = Place {
                time: Time::Late,
                ..place
            };
            match inner.kind.as_str() {
                "lifecycle" => self.lifecycle(inner, late),
                "provisioner" | "connection" if block.kind == "resource" => {
                    let place = Place {
                        time: Time::Owned,
                        ..late
                    };
                    self.arguments(&inner.body, place, &["when", "on_failure"]);
                    self.nested(&inner.body, place);
                }
                _ => self.block(inner, place),
            }
        }
    }

    fn lifecycle(&mut self, block: &'r Block, place: Place<'_>) {
        self.arguments(&block.body, place, &["ignore_changes"]);
        for inner in &block.body.blocks {
            match inner.kind.as_str() {
                "precondition" => self.arguments(&inner.body, place, &[]),
                "postcondition" => {
                    let place = Place {
                        time: Time::Owned,
                        ..place
                    };
                    self.arguments(&inner.body, place, &[]);
                }
                _ => {}
            }
        }
    }

    fn nested(&mut self, body: &'r Body, place: Place<'_>) {
        for inner in &body.blocks {
            self.block(inner, place);
        }
    }

    fn block(&mut self, block: &'r Block, place: Place<'_>) {
        self.arguments(&block.body, place, &[]);
        self.nested(&block.body, place);
    }

    fn arguments(&mut self, body: &'r Body, place: Place<'_>, but: &[&str]) {
        for attribute in &body.attributes {
            if !but.contains(&attribute.name.as_str()) {
                self.attribute(attribute, place);
            }
        }
    }

    fn attribute(&mut self, attribute: &'r Attribute, place: Place<'_>) {
        let form = match attribute.name.as_str() {
            "depends_on" => Form::Names,
            "replace_triggered_by" => Form::Triggers,
            _ => Form::Value,
        };
        for reference in &attribute.references {
            (self.visit)(&Site {
                file: self.file,
                reference,
                place: Place { form, ..place },
            });
        }
    }
}

fn repeated<'m>(body: &Body, owner: &'m str) -> Place<'m> {
    Place {
        owner,
        each: body.attribute("for_each").is_some(),
        count: body.attribute("count").is_some(),
        ..NOWHERE
    }
}
