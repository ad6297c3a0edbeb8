//! Which values arrive in which use of a module.

use super::*;
use crate::evaluate::{Known, Site, Values};
use crate::{bicep_lowering, terraform};

/// The files of a repository, parsed.
struct Files(Vec<(RepoPath, Template)>);

impl Files {
    fn new(texts: &[(&str, &str)]) -> Files {
        let parse = |&(path, text): &(&str, &str)| {
            let (template, errors) = if path.contains(".bicep") {
                bicep_lowering::parse(text)
            } else {
                terraform::parse(text)
            };
            assert_eq!(errors, [], "{path}");
            (RepoPath::new(path), template)
        };
        Files(texts.iter().map(parse).collect())
    }

    fn program(&self) -> Program<'_> {
        let units = self.0.iter().enumerate();
        let units = units.map(|(at, (path, template))| Unit {
            file: FileId(u32::try_from(at).unwrap()),
            path,
            template,
        });
        Program::new(units.collect())
    }
}

/// The values of `p` in the first resource of the last file, for each use of it.
fn values(texts: &[(&str, &str)]) -> Vec<String> {
    let files = Files::new(texts);
    let program = files.program();
    let last = FileId(u32::try_from(texts.len() - 1).unwrap());
    let told = |values: Values| {
        let known = |known: &Known| known.as_text().unwrap_or("?").to_owned();
        let all = values.candidates.iter();
        let mut words: Vec<String> = all.map(|candidate| known(&candidate.value)).collect();
        words.extend(values.unknown.then(|| "unknown".to_owned()));
        words.extend(values.absent.then(|| "absent".to_owned()));
        words.join(" ")
    };
    program
        .instances(last)
        .map(|instance| {
            let unit = instance.module.units.iter().find(|unit| unit.file == last);
            let resource = &unit.unwrap().template.resources[0];
            told(Site::resource(&**instance, resource).lookup(&["p"]))
        })
        .collect()
}

const MODULE: &str = "variable \"p\" {\n default = 1\n}\nresource \"t\" \"n\" {\n p = var.p\n}\n";

#[test]
fn arguments_replace_defaults() {
    let call = |body: &str| {
        let text = format!("module \"m\" {{\n source = \"./m\"\n{body}\n}}\n");
        values(&[("a/main.tf", &text), ("a/m/main.tf", MODULE)])
    };
    assert_eq!(call("p = 2"), ["2"]);
    assert_eq!(call(""), ["1"]);
    assert_eq!(call("p = var.q"), ["unknown"]);
    assert_eq!(
        call("for_each = { x = 3, y = 4 }\n p = each.value"),
        ["3", "4"]
    );
    assert_eq!(call("for_each = var.q\n p = each.value"), ["unknown"]);
    assert_eq!(values(&[("m/main.tf", MODULE)]), ["1"]);
}

#[test]
fn each_call_counts() {
    let calls = "module \"one\" {\n source = \"./m\"\n p = 2\n}\nmodule \"two\" {\n source = \"./m/\"\n p = local.x\n}\n";
    let locals = "locals {\n x = 5\n}\n";
    let files = [
        ("main.tf", calls),
        ("locals.tf", locals),
        ("m/main.tf", MODULE),
    ];
    assert_eq!(values(&files), ["2", "5"]);
}

#[test]
fn variable_files_count_in_their_order() {
    let files = [
        ("terraform.tfvars", "p = 2\n"),
        ("prod.tfvars", "p = 9\n"),
        ("main.tf", MODULE),
    ];
    assert_eq!(values(&files), ["2"]);
    let files = [
        ("a.auto.tfvars", "p = 3\n"),
        ("b.auto.tfvars", "p = 4\n"),
        ("terraform.tfvars", "p = 2\n"),
        ("main.tf", MODULE),
    ];
    assert_eq!(values(&files), ["4"]);
}

const BICEP: &str = "param p int = 1\nresource r 'A.B/c@1' = {\n p: p\n}\n";

#[test]
fn parameter_files_are_alternatives() {
    let dev = ("dev.bicepparam", "using 'main.bicep'\nparam p = 2\n");
    let prod = ("prod.bicepparam", "using './main.bicep'\nparam p = 3\n");
    let none = ("none.bicepparam", "using 'main.bicep'\n");
    let main = ("main.bicep", BICEP);
    assert_eq!(values(&[dev, main]), ["2"]);
    assert_eq!(values(&[dev, prod, main]), ["2 3"]);
    assert_eq!(values(&[dev, none, main]), ["2 1"]);
    let base = ("base.bicepparam", "using none\nparam p = 7\n");
    let child = (
        "child.bicepparam",
        "using 'main.bicep'\nextends 'base.bicepparam'\n",
    );
    assert_eq!(values(&[base, child, main]), ["7"]);
}

#[test]
fn bicep_modules_see_their_arguments() {
    let call = |params: &str| {
        let text = format!(
            "param x int\nmodule m 'm/r.bicep' = {{\n params: {params}\n}}\nvar c = {{ p: 6 }}\n"
        );
        values(&[("main.bicep", &text), ("m/r.bicep", BICEP)])
    };
    assert_eq!(call("{ p: 2 }"), ["2"]);
    assert_eq!(call("{}"), ["1"]);
    assert_eq!(call("{ p: x }"), ["unknown"]);
    assert_eq!(call("c"), ["6"]);
    assert_eq!(call("{ ...c }"), ["6"]);
    assert_eq!(call("union(c, { q: 1 })"), ["6"]);
    let looped = "module m 'm/r.bicep' = [for v in [4, 5]: {\n params: { p: v }\n}]\n";
    assert_eq!(
        values(&[("main.bicep", looped), ("m/r.bicep", BICEP)]),
        ["4", "5"]
    );
}

#[test]
fn imported_values_are_found() {
    let shared = "@export()\nvar a = b\nvar b = 8\n";
    let main = "import { a as p } from 'shared.bicep'\nresource r 'A.B/c@1' = {\n p: p\n}\n";
    assert_eq!(
        values(&[("shared.bicep", shared), ("x.bicep", main)]),
        ["8"]
    );
}

#[test]
fn objects_are_gone_through_by_key_and_value() {
    let calls = |each: &str| {
        let text = format!(
            "var all = {{\n  a: {{ p: 4 }}\n  b: {{ p: 5 }}\n}}\nparam p int = 9\nmodule m 'm/r.bicep' = [for {each}: {{\n params: {{ p: it }}\n}}]\n"
        );
        text
    };
    let values = |each: &str, it: &str| {
        let text = calls(each).replace("it }", &format!("{it} }}"));
        values(&[("main.bicep", &text), ("m/r.bicep", BICEP)])
    };
    assert_eq!(values("x in items(all)", "x.value.p"), ["4", "5"]);
    assert_eq!(values("x in items(all)", "x.key"), ["a", "b"]);
    // A name of the loop hides that of the file.
    assert_eq!(values("p in items(all)", "p.other"), ["unknown", "unknown"]);
    assert_eq!(values("x in items(q)", "x.value.p"), ["unknown"]);
}

const SHAPED: &str = "variable \"s\" {\n type = map(object({\n  q = optional(object({ p = optional(number, 7) }), {})\n }))\n}\nresource \"t\" \"n\" {\n for_each = var.s\n p = each.value.q.p\n}\n";

#[test]
fn attributes_that_are_left_out_have_their_default() {
    let call = |value: &str| {
        let text = format!("module \"m\" {{\n source = \"./m\"\n s = {value}\n}}\n");
        values(&[("main.tf", &text), ("m/main.tf", SHAPED)])
    };
    assert_eq!(call("{ a = {} }"), ["7"]);
    assert_eq!(call("{ a = { q = {} }, b = { q = { p = 8 } } }"), ["7 8"]);
    let file = |text: &str| values(&[("terraform.tfvars", text), ("main.tf", SHAPED)]);
    assert_eq!(file("s = { a = {} }\n"), ["7"]);
    assert_eq!(file("s = { a = { q = { p = 8 } } }\n"), ["8"]);
}

#[test]
fn modules_that_are_never_deployed_have_no_use() {
    let call = |body: &str| {
        let text = format!("module \"m\" {{\n source = \"./m\"\n{body}\n}}\n");
        let inner = "module \"n\" {\n source = \"./n\"\n}\n";
        values(&[
            ("main.tf", &text),
            ("m/main.tf", inner),
            ("m/n/main.tf", MODULE),
        ])
    };
    assert_eq!(call(""), ["1"]);
    assert!(call("count = 0").is_empty());
    assert!(call("for_each = {}").is_empty());
    assert_eq!(call("count = var.n"), ["1"]);
    let filtered =
        "for_each = { for k, v in var.all : k => v }\n}\nvariable \"all\" {\n default = {}";
    assert_eq!(call(filtered), ["1"]);
    let merged = "for_each = merge(var.all, {})\n}\nvariable \"all\" {\n default = {}";
    assert_eq!(call(merged), ["1"]);
    let other = "module \"o\" {\n source = \"./m/n\"\n p = 3\n}\n";
    let dead = "module \"m\" {\n source = \"./m/n\"\n count = 0\n}\n";
    let files = [("main.tf", dead), ("x.tf", other), ("m/n/main.tf", MODULE)];
    assert_eq!(values(&files), ["3"]);
}

#[test]
fn cycles_are_cut() {
    let text = "module \"m\" {\n source = \"./\"\n}\n";
    let files = Files::new(&[("main.tf", text)]);
    let program = files.program();
    assert_eq!(program.instances(FileId(0)).count(), 1);
    let cuts: Vec<CutReason> = program.cuts().iter().map(|cut| cut.why).collect();
    assert_eq!(cuts, [CutReason::Cycle]);
    let a = "module m 'b.bicep' = {\n}\n";
    let b = "module m 'a.bicep' = {\n}\n";
    let files = Files::new(&[("a.bicep", a), ("b.bicep", b)]);
    let program = files.program();
    assert_eq!(program.instances(FileId(1)).count(), 1);
    assert_eq!(program.cuts().len(), 1);
}

#[test]
fn many_calls_are_bounded() {
    let texts: Vec<(String, String)> = (0..20)
        .map(|at| {
            let call = |name: &str| {
                let source = at + 1;
                format!("module \"{name}\" {{\n source = \"../m{source}\"\n}}\n")
            };
            (format!("m{at}/main.tf"), call("a") + &call("b"))
        })
        .collect();
    let texts: Vec<(&str, &str)> = texts
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .collect();
    let files = Files::new(&texts);
    let program = files.program();
    assert!(program.instances.len() <= MAX_INSTANCES + texts.len());
    assert!(program.cuts().iter().any(|cut| cut.why == CutReason::Limit));
}
