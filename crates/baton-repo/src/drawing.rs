//! Drawings of draw.io: pages, and the cells on them.
//!
//! Knows how the format works, not what a good drawing is. Pages that draw.io has compressed
//! are told as such and not read.

mod cell;
mod conventions;
mod style;

use std::collections::{BTreeMap, BTreeSet};

use baton_source::{Span, Spanned};
use baton_syntax::xml::{Attribute, Element};

pub use cell::{Cell, Geometry};
pub use conventions::DrawingConventions;
pub use style::{Style, StyleEntry};

use crate::File;

/// Kinds of file that are drawings.
pub(crate) const KINDS: [&str; 6] = [
    "drawing",
    "agent-drawing",
    "architecture-drawing",
    "rubric-drawing",
    "design-drawing",
    "runtime-drawing",
];

/// How far up parents are followed; deeper drawings are loops.
const DEPTH: usize = 128;

/// What a file draws.
#[derive(Debug, Clone)]
pub struct Drawing {
    /// What its root element is.
    pub wrapper: Wrapper,
    /// The root element's name.
    pub root: Span,
    /// Its pages, in the order of the text.
    pub pages: Vec<Page>,
}

/// What the root element of a drawing is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrapper {
    /// `mxfile`, with pages.
    File,
    /// `mxGraphModel`, the only page.
    Model,
    /// Something else, by its name.
    Foreign(String),
}

/// One page.
#[derive(Debug, Clone)]
pub struct Page {
    /// The element's name.
    pub at: Span,
    /// Its identifier.
    pub id: Option<Attribute>,
    /// What its tab says.
    pub name: Option<String>,
    /// What is in it.
    pub content: Content,
    /// Its cells, in the order of the text.
    pub cells: Vec<Cell>,
    /// The places of cells with an identifier, by that; for each cell others are looked up.
    by_id: BTreeMap<String, usize>,
}

/// What is in a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// Cells below a `root`; its start tag.
    Cells(Span),
    /// A model without `root`; the model's name.
    NoRoot(Span),
    /// Text, as draw.io writes it when it compresses.
    Compressed,
    /// Nothing.
    Empty,
}

impl Spanned for Page {
    fn span(&self) -> Span {
        self.at
    }
}

impl Drawing {
    /// The drawing in a file; `None` when it is not well-formed XML.
    pub(crate) fn read(file: &File) -> Option<Drawing> {
        let xml = file.xml();
        let root = xml.root.as_ref().filter(|_| xml.errors.is_empty())?;
        let (wrapper, pages) = match root.name.as_str() {
            "mxfile" => {
                let pages = root.children.iter().filter(|page| page.name == "diagram");
                (Wrapper::File, pages.map(page).collect())
            }
            "mxGraphModel" => (Wrapper::Model, vec![filled(root, Some(root))]),
            other => (Wrapper::Foreign(other.to_owned()), Vec::new()),
        };
        Some(Drawing {
            wrapper,
            root: root.name_span,
            pages,
        })
    }

    /// All cells of all pages that hold something.
    pub fn contents(&self) -> impl Iterator<Item = &Cell> {
        self.pages.iter().flat_map(Page::contents)
    }
}

impl Page {
    /// The cells that are neither the root nor the first layer.
    pub fn contents(&self) -> impl Iterator<Item = &Cell> {
        self.cells.iter().filter(|cell| !cell.is_structure())
    }

    /// The cell with an identifier; the last one of several.
    pub fn cell(&self, id: &str) -> Option<&Cell> {
        let place = self.by_id.get(id)?;
        self.cells.get(*place)
    }

    /// The identifiers of the cells in which others lie.
    pub fn parents(&self) -> BTreeSet<&str> {
        let parents = self.cells.iter().filter_map(|cell| cell.parent.as_ref());
        parents.map(|parent| parent.value.as_str()).collect()
    }

    /// What to call it in a sentence.
    pub fn title(&self) -> &str {
        let id = self.id.as_ref().map(|id| id.value.as_str());
        self.name.as_deref().or(id).unwrap_or("")
    }
}

fn page(diagram: &Element) -> Page {
    filled(diagram, diagram.child("mxGraphModel"))
}

fn filled(owner: &Element, model: Option<&Element>) -> Page {
    let root = model.and_then(|model| model.child("root"));
    let content = match (model, root) {
        (Some(_), Some(root)) => Content::Cells(root.tag),
        (Some(model), None) => Content::NoRoot(model.name_span),
        (None, _) if owner.text.trim().is_empty() => Content::Empty,
        (None, _) => Content::Compressed,
    };
    let mut cells: Vec<Cell> = root.map_or_else(Vec::new, |root| {
        root.children.iter().filter_map(Cell::read).collect()
    });
    place(&mut cells);
    let ids = cells.iter().enumerate();
    let ids = ids.filter_map(|(place, cell)| Some((cell.id.as_ref()?.value.clone(), place)));
    Page {
        by_id: ids.collect(),
        at: owner.name_span,
        id: owner.attribute("id").cloned(),
        name: owner.get("name").map(str::to_owned),
        content,
        cells,
    }
}

/// Works out where the cells stand on the page: their own place, and that of their parents.
fn place(cells: &mut [Cell]) {
    let parent = |cell: &Cell| cell.parent.as_ref().map(|parent| parent.value.clone());
    let mut known = BTreeMap::new();
    for cell in cells.iter() {
        if let Some((id, geometry)) = cell.id.as_ref().zip(cell.geometry.as_ref()) {
            let origin = (geometry.x, geometry.y);
            known.insert(id.value.clone(), (origin, parent(cell)));
        }
    }
    for cell in cells {
        let Some(geometry) = &mut cell.geometry else {
            continue;
        };
        geometry.absolute = (geometry.x, geometry.y);
        let mut next = cell.parent.as_ref().map(|parent| parent.value.as_str());
        for _ in 0..DEPTH {
            let layer = |id: &&str| !matches!(*id, "" | "0" | "1");
            let Some((origin, above)) = next.filter(layer).and_then(|id| known.get(id)) else {
                break;
            };
            geometry.absolute.0 += origin.0;
            geometry.absolute.1 += origin.1;
            next = above.as_deref();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{Content, Drawing, Wrapper};
    use crate::{Memory, Options, Repo};

    fn drawing(text: &str) -> Option<Drawing> {
        let source = Memory::new([("a.drawio", text)]);
        let repo = Repo::open(Arc::new(source), &Options::default()).unwrap();
        repo.drawing(repo.file("a.drawio").unwrap()).cloned()
    }

    #[test]
    fn cells_stand_where_their_parents_stand() {
        let text = r#"<mxfile><diagram id="p"><mxGraphModel><root>
            <mxCell id="0"/><mxCell id="1" parent="0"/>
            <mxCell id="a" vertex="1" parent="1" style="container=1"><mxGeometry x="10" y="20" width="100" height="90"/></mxCell>
            <UserObject id="b" label="B"><mxCell vertex="1" parent="a"><mxGeometry x="5" width="1" height="2"/></mxCell></UserObject>
            <mxCell id="c" vertex="1" parent="d"><mxGeometry x="1" y="1"/></mxCell>
            <mxCell id="d" vertex="1" parent="c"><mxGeometry x="1" y="1"/></mxCell>
            </root></mxGraphModel></diagram></mxfile>"#;
        let drawing = drawing(text).unwrap();
        assert_eq!(drawing.wrapper, Wrapper::File);
        let page = &drawing.pages[0];
        let b = page.cell("b").unwrap();
        assert_eq!(b.geometry.as_ref().unwrap().absolute, (15.0, 20.0));
        assert_eq!(b.label(), "B");
        assert_eq!((page.cells.len(), page.contents().count()), (6, 4));
        assert!(page.cell("c").unwrap().geometry.is_some());
    }

    #[test]
    fn what_a_page_holds() {
        let content = |text: &str| drawing(text).unwrap().pages[0].content;
        assert_eq!(
            content("<mxfile><diagram>jZJ</diagram></mxfile>"),
            Content::Compressed
        );
        assert_eq!(
            content("<mxfile><diagram> </diagram></mxfile>"),
            Content::Empty
        );
        assert!(matches!(content("<mxGraphModel/>"), Content::NoRoot(_)));
        assert!(matches!(
            content("<mxGraphModel><root/></mxGraphModel>"),
            Content::Cells(_)
        ));
        assert!(drawing("<mxfile>").is_none());
        let foreign = drawing("<svg/>").unwrap().wrapper;
        assert_eq!(foreign, Wrapper::Foreign("svg".to_owned()));
    }
}
