//! Documents of a known kind have the shape of their kind.

use crate::support::document_shapes::{Shape, report};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

/// Kinds of document that have no rule of their own for their shape.
const DOCUMENTS: &[Shape] = &[
    Shape {
        kind: "agent-registry",
        name: "agent-registry",
        schema: include_str!("../../../../../schemas/agent-registry.schema.json"),
        check: None,
    },
    Shape {
        kind: "challenge-findings-decisions",
        name: "challenge-findings-decisions",
        schema: include_str!("../../../../../schemas/challenge-findings-decisions.schema.json"),
        check: None,
    },
    Shape {
        kind: "deployment-preview",
        name: "deployment-preview",
        schema: include_str!("../../../../../schemas/deployment-preview.schema.json"),
        check: None,
    },
    Shape {
        kind: "drawio-baseline-runs",
        name: "drawio-baseline-runs",
        schema: include_str!("../../../../../schemas/drawio-baseline-runs.schema.json"),
        check: None,
    },
    Shape {
        kind: "drawio-golden-scenario",
        name: "drawio-golden-scenario",
        schema: include_str!("../../../../../schemas/drawio-golden-scenario.schema.json"),
        check: None,
    },
    Shape {
        kind: "drawio-regen-baseline",
        name: "drawio-regen-baseline",
        schema: include_str!("../../../../../schemas/drawio-regen-baseline.schema.json"),
        check: None,
    },
    Shape {
        kind: "gate4-report",
        name: "gate4-report",
        schema: include_str!("../../../../../schemas/gate4-report.schema.json"),
        check: None,
    },
    Shape {
        kind: "governance-baseline",
        name: "governance-baseline",
        schema: include_str!("../../../../../schemas/governance-baseline.schema.json"),
        check: None,
    },
    Shape {
        kind: "governance-json",
        name: "governance-constraints",
        schema: include_str!("../../../../../schemas/governance-constraints.schema.json"),
        check: None,
    },
    Shape {
        kind: "iteration-log",
        name: "iteration-log",
        schema: include_str!("../../../../../schemas/iteration-log.schema.json"),
        check: None,
    },
    Shape {
        kind: "lesson-log",
        name: "lesson-log",
        schema: include_str!("../../../../../schemas/lesson-log.schema.json"),
        check: None,
    },
    Shape {
        kind: "model-catalog",
        name: "model-catalog",
        schema: include_str!("../../../../../schemas/model-catalog.schema.json"),
        check: None,
    },
    Shape {
        kind: "vendor-prompting-rules",
        name: "vendor-prompting-rules",
        schema: include_str!("../../../../../schemas/vendor-prompting-rules.schema.json"),
        check: None,
    },
];

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    for shape in DOCUMENTS {
        report(ctx, out, shape);
    }
}
