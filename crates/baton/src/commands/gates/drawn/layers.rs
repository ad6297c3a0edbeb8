//! Where nodes stand in a picture: one row below the other, along the ways forward.

use super::Drawing;

/// Rows of nodes, from the top; nodes of a row in the order of the graph.
pub(super) fn rows(drawing: &Drawing) -> Vec<Vec<usize>> {
    let ranks = ranks(drawing);
    let depth = ranks.iter().max().map_or(0, |rank| rank + 1);
    let row = |wanted: usize| {
        let numbered = ranks.iter().enumerate();
        let here = numbered.filter(|(_, rank)| **rank == wanted);
        here.map(|(number, _)| number).collect()
    };
    (0..depth).map(row).collect()
}

/// The length of the longest way to each node. A circle, which no valid graph has, ends the count.
fn ranks(drawing: &Drawing) -> Vec<usize> {
    let mut ranks = vec![0; drawing.nodes.len()];
    for _ in 0..drawing.nodes.len() {
        let mut changed = false;
        for edge in drawing.edges.iter().filter(|edge| !edge.is_back) {
            let above = ranks.get(edge.from).copied().unwrap_or(0);
            if let Some(rank) = ranks.get_mut(edge.to)
                && *rank <= above
                && above + 1 < drawing.nodes.len()
            {
                *rank = above + 1;
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
    ranks
}
