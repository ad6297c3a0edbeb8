//! The Terraform files of one folder as the module they are together.
//!
//! Files named `override` change what others declare and declare nothing themselves. Of a file
//! in JSON only the names it declares are known, and the text.

use std::collections::BTreeMap;

use baton_iac::terraform::{Attribute, Block};
use baton_source::{FileId, Span};

use crate::{File, Repo};

mod called;
mod json;

pub use called::Called;

/// A module.
pub struct TerraformModule<'r> {
    /// Its folder; empty for the root of the repository.
    pub folder: &'r str,
    /// Its files, with those for values.
    pub files: Vec<TerraformFile<'r>>,
    /// Every file with declarations could be read, so what is not declared here is nowhere.
    pub is_whole: bool,
    /// What it declares, by address: `var.x`, `data.azurerm_subnet.x`, `provider.azurerm.alias` …
    pub declared: BTreeMap<String, Vec<Declaration<'r>>>,
}

/// A file of a module.
pub struct TerraformFile<'r> {
    /// The file.
    pub file: &'r File,
    /// What it is to the module.
    pub role: Role,
}

/// What a file is to its module.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// It declares.
    Code,
    /// It changes what others declare.
    Override,
    /// It declares, in JSON.
    Json,
    /// It gives values to variables.
    Values,
}

/// Where something is declared.
pub struct Declaration<'r> {
    /// The file.
    pub file: &'r File,
    /// Its name there.
    pub span: Span,
    /// What declares it.
    pub by: DeclaredBy<'r>,
    /// It changes what another file declares.
    pub is_override: bool,
}

/// What declares something.
#[derive(Clone, Copy)]
pub enum DeclaredBy<'r> {
    /// A block.
    Block(&'r Block),
    /// An argument of `locals`.
    Argument(&'r Attribute),
    /// Something in a file in JSON.
    Json,
}

impl Repo {
    /// The folders with Terraform files, and those files in path order.
    pub fn terraform_folders(&self) -> &BTreeMap<String, Vec<FileId>> {
        self.views.terraform_folders.get_or_init(|| {
            let mut folders: BTreeMap<String, Vec<FileId>> = BTreeMap::new();
            let is_part = |file: &&File| role(file.path.name()).is_some();
            for file in self.files().iter().filter(is_part) {
                let folder = file.path.parent().to_owned();
                folders.entry(folder).or_default().push(file.id);
            }
            folders
        })
    }

    /// The module in a folder.
    pub fn terraform_module(&self, folder: &str) -> Option<TerraformModule<'_>> {
        let (folder, ids) = self.terraform_folders().get_key_value(folder)?;
        let files = ids.iter().filter_map(|id| self.by_id(*id));
        let files: Vec<&File> = files.collect();
        // OpenTofu reads `main.tofu` in the place of `main.tf`.
        let is_replaced = |file: &&File| {
            let path = file.path.as_str().strip_suffix(".tf");
            path.is_some_and(|stem| self.file(&format!("{stem}.tofu")).is_some())
        };
        let read = files.iter().copied().filter(|file| !is_replaced(file));
        let files = read.filter_map(|file| {
            let role = role(file.path.name())?;
            Some(TerraformFile { file, role })
        });
        let mut module = TerraformModule {
            folder,
            files: files.collect(),
            is_whole: true,
            declared: BTreeMap::new(),
        };
        module.declare();
        Some(module)
    }
}

/// What a file is to its module, by its name.
fn role(name: &str) -> Option<Role> {
    if name.starts_with('.') || name.ends_with('~') || name.starts_with('#') {
        return None;
    }
    if name.ends_with(".tfvars") || name.ends_with(".tfvars.json") {
        return Some(Role::Values);
    }
    if name.ends_with(".tf.json") || name.ends_with(".tofu.json") {
        return Some(Role::Json);
    }
    let stem = name
        .strip_suffix(".tf")
        .or_else(|| name.strip_suffix(".tofu"))?;
    let is_override = stem == "override" || stem.ends_with("_override");
    Some(if is_override {
        Role::Override
    } else {
        Role::Code
    })
}

impl<'r> TerraformModule<'r> {
    /// The blocks outside of others, overrides last.
    pub fn blocks(&self) -> impl Iterator<Item = (&'r File, &'r Block)> + '_ {
        let of = |role: Role| self.files.iter().filter(move |it| it.role == role);
        of(Role::Code)
            .chain(of(Role::Override))
            .flat_map(|it| blocks(it.file).iter().map(|block| (it.file, block)))
    }

    /// The blocks of one kind outside of others, overrides last.
    pub fn blocks_of<'k>(
        &'k self,
        kind: &'k str,
    ) -> impl Iterator<Item = (&'r File, &'r Block)> + 'k {
        self.blocks().filter(move |(_, block)| block.kind == kind)
    }

    /// Whether it has files that declare something.
    pub fn has_code(&self) -> bool {
        self.files.iter().any(|it| it.role != Role::Values)
    }

    /// Where something is declared.
    pub fn declarations(&self, address: &str) -> &[Declaration<'r>] {
        self.declared.get(address).map_or(&[], Vec::as_slice)
    }

    /// The blocks that declare something, overrides last.
    pub fn declaring(&self, address: &str) -> impl Iterator<Item = (&'r File, &'r Block)> + '_ {
        let all = self.declarations(address).iter();
        all.filter_map(|it| match it.by {
            DeclaredBy::Block(block) => Some((it.file, block)),
            DeclaredBy::Argument(_) | DeclaredBy::Json => None,
        })
    }

    /// The argument that counts of something that blocks declare: overrides win.
    pub fn argument(&self, address: &str, name: &str) -> Option<(&'r File, &'r Attribute)> {
        let found = self.declaring(address).filter_map(|(file, block)| {
            let attribute = block.body.attribute(name)?;
            Some((file, attribute))
        });
        found.last()
    }

    /// Whether a file in JSON has a part in a declaration, so that not all of it is known.
    pub fn is_in_json(&self, address: &str) -> bool {
        let mut all = self.declarations(address).iter();
        all.any(|it| matches!(it.by, DeclaredBy::Json))
    }

    /// The files in JSON.
    pub fn json(&self) -> impl Iterator<Item = &'r File> + '_ {
        let json = self.files.iter().filter(|it| it.role == Role::Json);
        json.map(|it| it.file)
    }

    fn declare(&mut self) {
        let files: Vec<(&'r File, Role)> = self.files.iter().map(|it| (it.file, it.role)).collect();
        for role in [Role::Code, Role::Json, Role::Override] {
            for &(file, _) in files.iter().filter(|it| it.1 == role) {
                self.is_whole &= match role {
                    Role::Json => self.declare_json(file),
                    _ => self.declare_file(file, role == Role::Override),
                };
            }
        }
    }

    fn declare_json(&mut self, file: &'r File) -> bool {
        let Some(found) = json::declarations(file) else {
            return false;
        };
        for (address, span) in found {
            self.add(
                address,
                Declaration {
                    file,
                    span,
                    by: DeclaredBy::Json,
                    is_override: false,
                },
            );
        }
        true
    }

    /// Whether the file could be read.
    fn declare_file(&mut self, file: &'r File, is_override: bool) -> bool {
        for block in blocks(file) {
            if block.kind == "locals" {
                self.declare_locals(file, block, is_override);
                continue;
            }
            self.declare_block(file, block, is_override);
            let scoped = block.body.blocks_of("data");
            for scoped in scoped.filter(|_| block.kind == "check") {
                self.declare_block(file, scoped, is_override);
            }
        }
        file.problem().is_none() && file.iac().is_some_and(|iac| iac.errors.is_empty())
    }

    fn declare_locals(&mut self, file: &'r File, block: &'r Block, is_override: bool) {
        for local in &block.body.attributes {
            self.add(
                format!("local.{}", local.name),
                Declaration {
                    file,
                    span: local.name_span,
                    by: DeclaredBy::Argument(local),
                    is_override,
                },
            );
        }
    }

    fn declare_block(&mut self, file: &'r File, block: &'r Block, is_override: bool) {
        let Some(address) = address(block) else {
            return;
        };
        self.add(
            address,
            Declaration {
                file,
                span: block.labels.last().map_or(block.span, |label| label.span),
                by: DeclaredBy::Block(block),
                is_override,
            },
        );
    }

    fn add(&mut self, address: String, declaration: Declaration<'r>) {
        self.declared.entry(address).or_default().push(declaration);
    }
}

fn blocks(file: &File) -> &[Block] {
    file.iac()
        .map_or(&[], |iac| iac.outline.body.blocks.as_slice())
}

/// What a block declares.
fn address(block: &Block) -> Option<String> {
    let labels: Vec<&str> = block.labels.iter().map(|it| it.text.as_str()).collect();
    Some(match (block.kind.as_str(), labels.as_slice()) {
        ("resource", [kind, name]) => format!("{kind}.{name}"),
        ("data", [kind, name]) => format!("data.{kind}.{name}"),
        ("ephemeral", [kind, name]) => format!("ephemeral.{kind}.{name}"),
        ("action", [kind, name]) => format!("action.{kind}.{name}"),
        ("module", [name]) => format!("module.{name}"),
        ("variable", [name]) => format!("var.{name}"),
        ("output", [name]) => format!("output.{name}"),
        ("check", [name]) => format!("check.{name}"),
        ("provider", [name]) => match block.body.attribute("alias") {
            None => format!("provider.{name}"),
            Some(alias) => format!("provider.{name}.{}", alias.value.as_str()?),
        },
        _ => return None,
    })
}
