//! Security rules that let everybody in, or everything out.

use crate::support::iac_ports::{
    ACCESS, DIRECTION, PORTS, PROTOCOL, Port, SOURCES, SecurityRule, TARGETS, contains, is_all,
    is_anywhere, is_covered, security_rules, sensitive_ports,
};
use crate::support::iac_subject::{Told, subjects};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::Table(check);

fn check(ctx: &Ctx<'_>, file: &File, slug: &'static str, out: &mut Findings) {
    let mut told = Told::default();
    for subject in &subjects(ctx, file, &is_covered) {
        for rule in security_rules(subject) {
            let Some((message, help)) = judge(slug, &rule) else {
                continue;
            };
            let fields = if slug == "unrestricted-outbound-traffic" {
                &TARGETS
            } else {
                &SOURCES
            };
            let at = rule.at(fields);
            if told.is_new(at, &message) {
                let finding = out.report(at.location(file.id), message);
                finding.help(help);
            }
        }
    }
}

fn judge(slug: &str, rule: &SecurityRule<'_>) -> Option<(String, &'static str)> {
    if slug == "unrestricted-outbound-traffic" {
        let is_open = is(rule, "Outbound") && any_anywhere(&rule.texts(&TARGETS));
        let ports = rule.texts(&PORTS);
        let is_everything = rule.lacks(&PORTS) || ports.iter().any(|range| is_all(range));
        return (is_open && is_everything).then(|| {
            let message = "the rule lets everything out to the whole internet".to_owned();
            (message, "Name the addresses and ports that are needed.")
        });
    }
    if !is(rule, "Inbound") || !any_anywhere(&rule.texts(&SOURCES)) {
        return None;
    }
    let narrow = "Name the addresses that need it, or use Azure Bastion or a VPN.";
    let protocols = rule.texts(&[PROTOCOL]);
    let speaks = |wanted: &str| {
        let is_wanted = |one: &String| one == "*" || one.eq_ignore_ascii_case(wanted);
        protocols.is_empty() || protocols.iter().any(is_wanted)
    };
    let ports = rule.texts(&PORTS);
    let is_everything = rule.lacks(&PORTS) || ports.iter().any(|range| is_all(range));
    let reaches = |port: u16| ports.iter().any(|range| contains(range, port));
    let names = |port: &&Port| {
        let mut ranges = ports.iter().filter(|range| !is_all(range));
        ranges.any(|range| contains(range, port.number))
    };
    let of_port = |service: &str, port: u16| {
        let message = format!("port {port} ({service}) is open to the whole internet");
        Some((message, narrow))
    };
    match slug {
        "open-ssh-port" if speaks("Tcp") && reaches(22) => of_port("SSH", 22),
        "open-rdp-port" if speaks("Tcp") && reaches(3389) => of_port("RDP", 3389),
        "open-http-port" if speaks("Tcp") && reaches(80) && !is_everything => of_port("HTTP", 80),
        "open-sensitive-port" => {
            let port = sensitive_ports().iter().find(names)?;
            of_port(&port.service, port.number)
        }
        "open-udp-ports" if protocols.iter().any(|one| one.eq_ignore_ascii_case("Udp")) => {
            let message = "UDP ports are open to the whole internet".to_owned();
            Some((message, "Name the addresses that need it."))
        }
        "unrestricted-inbound-traffic" if is_everything => {
            let message = "the rule lets the whole internet in to every port".to_owned();
            Some((message, "Name the addresses and ports that are needed."))
        }
        _ => None,
    }
}

/// Whether the rule allows traffic in this direction.
fn is(rule: &SecurityRule<'_>, direction: &str) -> bool {
    let has = |values: Vec<String>, wanted: &str| {
        values.iter().any(|one| one.eq_ignore_ascii_case(wanted))
    };
    has(rule.texts(&[DIRECTION]), direction) && has(rule.texts(&[ACCESS]), "Allow")
}

fn any_anywhere(prefixes: &[String]) -> bool {
    prefixes.iter().any(|prefix| is_anywhere(prefix))
}
