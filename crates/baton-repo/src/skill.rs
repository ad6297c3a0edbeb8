//! Skills: folders with a `SKILL.md` that agents read when a task calls for it.

mod conventions;

use baton_source::FileId;

use crate::{File, Text};
pub use conventions::{Digests, SkillConventions};

/// One skill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skill {
    /// Its `SKILL.md`.
    pub file: FileId,
    /// The path of its folder; empty at the root.
    pub folder: String,
    /// Its `name`.
    pub name: Option<Text>,
    /// Its `description`.
    pub description: Option<Text>,
    /// Who reads the folder.
    pub host: SkillHost,
}

/// Who reads the folder of a skill.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SkillHost {
    /// Hosts that follow the open specification: Copilot, Codex, Cursor.
    Specification,
    /// Claude Code, to which all keys are optional; Visual Studio Code reads it too.
    Claude,
    /// Whoever copies it from there: plugins and collections.
    Collection,
}

/// Folders that hosts read, below any folder of the repository.
const HOSTS: &[(&str, SkillHost)] = &[
    (".github/skills", SkillHost::Specification),
    (".agents/skills", SkillHost::Specification),
    (".cursor/skills", SkillHost::Specification),
    (".claude/skills", SkillHost::Claude),
];

impl Skill {
    /// Reads a `SKILL.md`.
    pub fn read(file: &File) -> Skill {
        let root = file.front_matter().root.as_ref();
        let text = |key: &str| root.and_then(|root| root.get(key)).and_then(Text::read);
        let path = file.path.as_str();
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        Skill {
            file: file.id,
            folder: folder.to_owned(),
            name: text("name"),
            description: text("description"),
            host: SkillHost::of(path),
        }
    }

    /// The name of its folder, which is the name of the skill in texts.
    pub fn folder_name(&self) -> &str {
        self.folder.rsplit('/').next().unwrap_or("")
    }
}

impl SkillHost {
    /// Who reads the skill at a path.
    pub fn of(path: &str) -> SkillHost {
        let found = HOSTS.iter().find(|(folder, _)| {
            let rest = path.find(folder).and_then(|at| {
                let before = path.get(..at)?;
                let is_folder = before.is_empty() || before.ends_with('/');
                is_folder.then(|| path.get(at + folder.len()..))?
            });
            rest.is_some_and(|rest| rest.starts_with('/'))
        });
        found.map_or(SkillHost::Collection, |(_, host)| *host)
    }
}

#[cfg(test)]
mod tests {
    use super::SkillHost;

    #[test]
    fn folders_tell_the_host() {
        for (path, host) in [
            (".github/skills/a/SKILL.md", SkillHost::Specification),
            ("app/.agents/skills/a/SKILL.md", SkillHost::Specification),
            (".claude/skills/a/SKILL.md", SkillHost::Claude),
            ("plugins/x/skills/a/SKILL.md", SkillHost::Collection),
            ("x.github/skills/a/SKILL.md", SkillHost::Collection),
            (".github/skills-old/a/SKILL.md", SkillHost::Collection),
        ] {
            assert_eq!(SkillHost::of(path), host, "{path}");
        }
    }
}
