//! One shape, line or group of a drawing.

use baton_source::{Span, Spanned};
use baton_syntax::xml::{Attribute, Element};

use super::Style;

/// A cell: a shape, a line, a group, a layer.
#[derive(Debug, Clone)]
pub struct Cell {
    /// The element's name.
    pub at: Span,
    /// Its identifier; a wrapper's own when there is one.
    pub id: Option<Attribute>,
    /// The cell it belongs to.
    pub parent: Option<Attribute>,
    /// `vertex`, when it is 1.
    pub vertex: Option<Attribute>,
    /// `edge`, when it is 1.
    pub edge: Option<Attribute>,
    /// Where a line begins.
    pub source: Option<Attribute>,
    /// Where a line ends.
    pub target: Option<Attribute>,
    /// What it looks like.
    pub style: Style,
    /// What it says: `label` of a wrapper, or `value`.
    pub text: Option<Attribute>,
    /// Where it stands.
    pub geometry: Option<Geometry>,
}

/// Where a cell stands, and how large it is; what is not said is 0.
#[derive(Debug, Clone)]
pub struct Geometry {
    /// The element's name.
    pub at: Span,
    /// From the left of the parent.
    pub x: f64,
    /// From the top of the parent.
    pub y: f64,
    /// Its width.
    pub width: f64,
    /// Its height.
    pub height: f64,
    /// From left and top of the page, parents' places added.
    pub absolute: (f64, f64),
    /// What `relative` says.
    pub relative: Option<Attribute>,
    /// `width` and `height`, where they stand.
    pub sizes: Vec<Attribute>,
}

impl Spanned for Cell {
    fn span(&self) -> Span {
        self.id.as_ref().map_or(self.at, Spanned::span)
    }
}

impl Spanned for Geometry {
    fn span(&self) -> Span {
        self.at
    }
}

impl Cell {
    /// A cell, or what wraps one to give it further data.
    pub(super) fn read(element: &Element) -> Option<Cell> {
        let (wrapper, inner) = match element.name.as_str() {
            "mxCell" => (None, Some(element)),
            "UserObject" | "object" => (Some(element), element.child("mxCell")),
            _ => return None,
        };
        let of = |name: &str| filled(inner?.attribute(name)?);
        let own = |name: &str| filled(wrapper?.attribute(name)?);
        let flag = |name: &str| of(name).filter(|flag| flag.value == "1");
        let style = inner.and_then(|cell| cell.attribute("style"));
        Some(Cell {
            at: element.name_span,
            id: if wrapper.is_some() {
                own("id")
            } else {
                of("id")
            },
            parent: of("parent"),
            vertex: flag("vertex"),
            edge: flag("edge"),
            source: of("source"),
            target: of("target"),
            style: Style::of(style.cloned()),
            text: match wrapper {
                Some(_) => own("label").or_else(|| own("value")),
                None => of("value"),
            },
            geometry: inner
                .and_then(|cell| cell.child("mxGeometry"))
                .map(geometry),
        })
    }

    /// Whether it is the root cell or the first layer, which every page has.
    pub fn is_structure(&self) -> bool {
        let parent = self.parent.as_ref().map(|parent| parent.value.as_str());
        matches!((self.name(), parent), ("0", _) | ("1", Some("0")))
    }

    /// Its identifier; empty when it has none.
    pub fn name(&self) -> &str {
        self.id.as_ref().map_or("", |id| id.value.as_str())
    }

    /// What it says, markup included.
    pub fn label(&self) -> &str {
        self.text.as_ref().map_or("", |text| text.value.as_str())
    }

    /// Whether others may lie in it as in a zone.
    pub fn is_container(&self) -> bool {
        self.style.get("container") == Some("1")
    }

    /// Whether it shows a picture, one of draw.io's own stencils of Azure included.
    pub fn is_picture(&self) -> bool {
        let text = self.style.text();
        [
            "shape=image",
            "image=data:",
            "image=img/lib/",
            "shape=mxgraph.azure.",
        ]
        .iter()
        .any(|part| text.contains(part))
    }

    /// Whether it is drawn as a picture with its text below.
    pub fn is_icon(&self) -> bool {
        let shape = self.style.get("shape");
        shape.is_some_and(|shape| shape.eq_ignore_ascii_case("image"))
            || self.style.get("image").is_some()
    }
}

fn filled(attribute: &Attribute) -> Option<Attribute> {
    (!attribute.value.is_empty()).then(|| attribute.clone())
}

fn geometry(element: &Element) -> Geometry {
    let number = |name: &str| element.get(name).map_or(0.0, number);
    let sizes = ["width", "height"].into_iter();
    Geometry {
        at: element.name_span,
        x: number("x"),
        y: number("y"),
        width: number("width"),
        height: number("height"),
        absolute: (0.0, 0.0),
        relative: element.attribute("relative").cloned(),
        sizes: sizes
            .filter_map(|name| element.attribute(name).cloned())
            .collect(),
    }
}

/// The number a text is; 0 when it is none.
fn number(text: &str) -> f64 {
    let number = text.trim().parse::<f64>().unwrap_or(0.0);
    if number.is_finite() { number } else { 0.0 }
}
