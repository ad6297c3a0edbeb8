//! Gathering what a handoff is made from, and writing it.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::{HANDOFF_FILE, Sources, render};
use crate::state::RunState;
use crate::{FlowError, Place, projection};

/// Folders beside that of artifacts in which a project keeps code, named as a whole.
const CODE: [&str; 2] = ["infra/bicep", "infra/terraform"];

/// The text of a project's handoff, with what lies in its folders now.
pub fn gathered(place: &Place, project: &str, state: &RunState) -> Result<String, FlowError> {
    let folder = format!("{}/{project}", place.artifacts);
    let mut artifacts = Vec::new();
    list(&place.root, &folder, &mut artifacts)?;
    let mut reviews = Vec::new();
    for path in &artifacts {
        let name = path.rsplit('/').next().unwrap_or_default();
        if name.starts_with("challenge-findings-") && is_json(path) {
            reviews.push((path.clone(), read(&place.root.join(path))?));
        }
    }
    for code in CODE {
        let folder = format!("{code}/{project}");
        if place.root.join(&folder).is_dir() {
            artifacts.push(format!("{folder}/"));
        }
    }
    let sources = Sources {
        folder: &folder,
        artifacts: &artifacts,
        reviews: &reviews,
    };
    Ok(render(state, &sources))
}

/// Writes a project's handoff and says where.
pub fn write(place: &Place, project: &str, state: &RunState) -> Result<PathBuf, FlowError> {
    let text = gathered(place, project, state)?;
    let folder = place.folder(project);
    fs::create_dir_all(&folder).map_err(failed(&folder, "written"))?;
    let path = folder.join(HANDOFF_FILE);
    projection::write(&path, &text)?;
    Ok(path)
}

fn is_json(path: &str) -> bool {
    Path::new(path)
        .extension()
        .is_some_and(|ending| ending == "json")
}

/// Text, whatever bytes there are: it is looked into, not kept.
fn read(path: &Path) -> Result<String, FlowError> {
    let bytes = fs::read(path).map_err(failed(path, "read"))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The files below a folder, in order; hidden ones and links to folders are left out.
fn list(root: &Path, folder: &str, files: &mut Vec<String>) -> Result<(), FlowError> {
    let path = root.join(folder);
    let entries = match fs::read_dir(&path) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(failed(&path, "read")(error)),
    };
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry.map_err(failed(&path, "read"))?;
        let kind = entry.file_type().map_err(failed(&path, "read"))?;
        names.push((entry.file_name().to_string_lossy().into_owned(), kind));
    }
    names.sort_by(|(one, _), (other, _)| one.cmp(other));
    for (name, kind) in names {
        let inside = format!("{folder}/{name}");
        if name.starts_with('.') {
            continue;
        }
        if kind.is_dir() {
            list(root, &inside, files)?;
        } else {
            files.push(inside);
        }
    }
    Ok(())
}

fn failed(path: &Path, action: &'static str) -> impl FnOnce(std::io::Error) -> FlowError {
    let path = path.to_owned();
    move |source| FlowError::File {
        path,
        action,
        source,
    }
}
