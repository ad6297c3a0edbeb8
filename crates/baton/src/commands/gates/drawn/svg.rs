//! The picture: boxes in rows, ways forward as lines, ways back as dashed curves at the right.

use std::fmt::Write as _;

use super::layers::rows;
use super::{Drawing, Edge, Node, colors};

const WIDTH: usize = 220;
const HEIGHT: usize = 64;
const GAP: usize = 40;
const DROP: usize = 44;
const MARGIN: usize = 24;
/// Room at the right for ways back.
const SIDE: usize = 160;

/// Where a node's upper left corner is.
type Corner = (usize, usize);

/// The picture's text; the same for the same drawing.
pub(super) fn svg(drawing: &Drawing) -> String {
    let rows = rows(drawing);
    let most = rows.iter().map(Vec::len).max().unwrap_or(1);
    let inner = most * WIDTH + most.saturating_sub(1) * GAP;
    let (width, height) = (
        inner + 2 * MARGIN + SIDE,
        rows.len() * (HEIGHT + DROP) + 2 * MARGIN,
    );
    let corners = corners(drawing, &rows, inner);
    let mut lines = vec![
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" \
             width=\"{width}\" height=\"{height}\" font-family=\"sans-serif\" font-size=\"13\" \
             role=\"img\">"
        ),
        "<title>Workflow</title>".to_owned(),
        "<defs><marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"8\" \
         markerHeight=\"8\" orient=\"auto\"><path d=\"M0 0 8 4 0 8z\" fill=\"#444444\"/></marker></defs>"
            .to_owned(),
        format!("<rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>"),
    ];
    let right = MARGIN + inner;
    let mut backs = 0;
    for edge in &drawing.edges {
        let ends = corners.get(edge.from).zip(corners.get(edge.to));
        let Some((from, to)) = ends else {
            continue;
        };
        backs += usize::from(edge.is_back);
        lines.push(if edge.is_back {
            back(edge, (*from, *to), right + 12 * backs.min(SIDE / 16))
        } else {
            forward(edge, *from, *to)
        });
    }
    for (node, corner) in drawing.nodes.iter().zip(&corners) {
        lines.push(boxed(node, *corner));
    }
    lines.push("</svg>".to_owned());
    lines.join("\n") + "\n"
}

/// The corner of each node, rows centred.
fn corners(drawing: &Drawing, rows: &[Vec<usize>], inner: usize) -> Vec<Corner> {
    let mut corners = vec![(0, 0); drawing.nodes.len()];
    for (row, numbers) in rows.iter().enumerate() {
        let taken = numbers.len() * WIDTH + numbers.len().saturating_sub(1) * GAP;
        let left = MARGIN + inner.saturating_sub(taken) / 2;
        for (column, number) in numbers.iter().enumerate() {
            if let Some(corner) = corners.get_mut(*number) {
                *corner = (
                    left + column * (WIDTH + GAP),
                    MARGIN + row * (HEIGHT + DROP),
                );
            }
        }
    }
    corners
}

fn boxed(node: &Node, (x, y): Corner) -> String {
    let (fill, stroke) = colors(node.status);
    let round = if node.is_gate { HEIGHT / 2 } else { 6 };
    let middle = x + WIDTH / 2;
    let texts = [
        (20, "font-weight=\"bold\"", node.id.as_str()),
        (38, "", node.name.as_str()),
        (55, "font-style=\"italic\"", node.status.unwrap_or_default()),
    ];
    let mut lines = String::new();
    for (down, style, text) in texts.into_iter().filter(|(_, _, text)| !text.is_empty()) {
        let (y, text) = (y + down, escaped(&cut(text)));
        // Writing to a string cannot fail.
        let _ = write!(
            lines,
            "<text x=\"{middle}\" y=\"{y}\" text-anchor=\"middle\" fill=\"#111111\" {style}>{text}</text>"
        );
    }
    format!(
        "<g><rect x=\"{x}\" y=\"{y}\" width=\"{WIDTH}\" height=\"{HEIGHT}\" rx=\"{round}\" \
         fill=\"{fill}\" stroke=\"{stroke}\" stroke-width=\"1.5\"/>{lines}</g>"
    )
}

fn forward(edge: &Edge, from: Corner, to: Corner) -> String {
    let (x1, y1) = (from.0 + WIDTH / 2, from.1 + HEIGHT);
    let (x2, y2) = (to.0 + WIDTH / 2, to.1);
    let middle = usize::midpoint(y1, y2);
    let label = labelled(&edge.label, usize::midpoint(x1, x2), middle);
    format!(
        "<path d=\"M{x1} {y1}C{x1} {middle} {x2} {middle} {x2} {y2}\" fill=\"none\" \
         stroke=\"#444444\" marker-end=\"url(#tip)\"/>{label}"
    )
}

fn back(edge: &Edge, (from, to): (Corner, Corner), side: usize) -> String {
    let (x1, y1) = (from.0 + WIDTH, from.1 + HEIGHT / 2 - 6);
    let (x2, y2) = (to.0 + WIDTH, to.1 + HEIGHT / 2 + 6);
    let label = escaped(&edge.label);
    format!(
        "<path d=\"M{x1} {y1}C{side} {y1} {side} {y2} {x2} {y2}\" fill=\"none\" stroke=\"#888888\" \
         stroke-dasharray=\"4 3\" marker-end=\"url(#tip)\"><title>{label}</title></path>"
    )
}

fn labelled(label: &str, x: usize, y: usize) -> String {
    if label.is_empty() {
        return String::new();
    }
    let text = escaped(label);
    format!("<text x=\"{x}\" y=\"{y}\" font-size=\"11\" fill=\"#444444\">{text}</text>")
}

/// As much of a text as fits into a box.
fn cut(text: &str) -> String {
    if text.chars().count() <= 30 {
        return text.to_owned();
    }
    text.chars().take(29).chain(['…']).collect()
}

fn escaped(text: &str) -> String {
    let plain = text
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    plain.replace('"', "&quot;")
}
