//! What a family of repositories expects of its drawings.

use std::sync::LazyLock;

use serde::Deserialize;

/// What is expected of drawings of architectures.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct DrawingConventions {
    /// Fill colours in lower case.
    pub palette: Vec<String>,
    /// As many icons need a zone.
    pub zone_icons: usize,
    /// As many icons need a legend.
    pub legend_icons: usize,
    /// Characters that a legend explains.
    pub legend_marks: Vec<String>,
    /// Words, in lower case, that name what anybody can reach.
    pub entries: Vec<String>,
    /// The colour of a trust boundary.
    pub boundary_stroke: String,
    /// Words, in lower case, that name a network.
    pub networks: Vec<String>,
    /// Fewer square pixels for a cell are too few.
    pub least_area: f64,
    /// Fewer square pixels for a cell are few.
    pub little_area: f64,
    /// Smaller pages are not measured.
    pub least_page: f64,
    /// As many square pixels two icons may share.
    pub shared_area: f64,
    /// As much of the smaller icon may be shared.
    pub shared_part: f64,
    /// As many pairs of a page are told.
    pub most_pairs: usize,
}

impl DrawingConventions {
    /// The conventions of the family.
    pub fn of_family() -> &'static DrawingConventions {
        static TABLE: LazyLock<DrawingConventions> = LazyLock::new(|| {
            let text = include_str!("../../../../rules/packs/apex/drawings.toml");
            toml::from_str(text).unwrap_or_default()
        });
        &TABLE
    }
}

#[cfg(test)]
mod tests {
    use super::DrawingConventions;

    #[test]
    fn the_table_can_be_read() {
        let table = DrawingConventions::of_family();
        assert_eq!((table.zone_icons, table.legend_icons), (10, 8));
        assert!(table.palette.iter().any(|colour| colour == "none"));
    }
}
