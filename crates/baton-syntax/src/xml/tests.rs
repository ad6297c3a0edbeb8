//! Places, errors and limits of the XML reader.

use baton_source::Span;
use proptest::prelude::*;

use super::{Element, parse};

fn errors(text: &str) -> Vec<String> {
    let xml = parse(text);
    let render = |error: &baton_source::SyntaxError| {
        format!("{}-{} {}", error.span.start, error.span.end, error.message)
    };
    xml.errors.iter().map(render).collect()
}

#[test]
fn everything_knows_where_it_stands() {
    let text = "\u{feff}<?xml version=\"1.0\"?>\n<a x = 'é&lt;1'>\n  <b y=\"2\n3\"/>t&amp;u<![CDATA[<v>]]></a>\n";
    let xml = parse(text);
    assert!(xml.errors.is_empty(), "{:?}", xml.errors);
    let root = xml.root.unwrap();
    let of = |span: Span| span.of(text);
    assert_eq!(of(root.name_span), "a");
    assert_eq!(of(root.tag), "<a x = 'é&lt;1'>");
    assert!(of(root.whole).ends_with("</a>"));
    assert_eq!(root.text, "t&u<v>");
    let x = root.attribute("x").unwrap();
    assert_eq!(
        (of(x.name_span), of(x.span), x.value.as_str()),
        ("x", "é&lt;1", "é<1")
    );
    assert_eq!(x.part(0..2), x.span);
    let b = root.child("b").unwrap();
    assert_eq!(of(b.whole), "<b y=\"2\n3\"/>");
    assert_eq!(b.get("y"), Some("2 3"));
    assert_eq!(of(b.attribute("y").unwrap().part(2..3)), "3");
}

#[test]
fn a_bare_angle_bracket_in_a_value_is_kept() {
    let text = "<a v=\"<b>x</b>\" w='1'/>";
    let xml = parse(text);
    assert!(xml.errors.is_empty(), "{:?}", xml.errors);
    assert_eq!(xml.root.unwrap().get("v"), Some("<b>x</b>"));
}

#[test]
fn errors_have_places_and_reading_goes_on() {
    let check = |text: &str, expected: &[&str]| assert_eq!(errors(text), expected, "{text}");
    check("", &["0-0 there is no element"]);
    check("<a><b></a>", &["4-5 `<b>` is not closed"]);
    check("<a></b></a>", &["3-7 `</b>` closes nothing"]);
    check("<a>", &["1-2 `<a>` is not closed"]);
    check("<a x=1/>", &["5-5 a value stands without quotes"]);
    check("<a x/>", &["4-4 an attribute has no value"]);
    check("<a x='1' x='2'/>", &["9-10 `x` stands twice in one tag"]);
    check("<a x='1&2'/>", &["7-8 `&` is written `&amp;`"]);
    check("<a>&nbsp;</a>", &["3-9 `&nbsp;` stands for nothing in XML"]);
    check("<!DOCTYPE a><a>&nbsp;</a>", &[]);
    check(
        "<!DOCTYPE a><a>b & c</a>",
        &["17-18 `&` is written `&amp;`"],
    );
    check("<a/><b/>", &["5-6 there is a second root element"]);
    check("<a/>x", &["4-5 text stands outside the root element"]);
    check("<1/>", &["1-2 `1` is no name"]);
    check(
        "<a><b x=\"1></a>",
        &["3-3 a quote in this tag is not closed"],
    );
    check("<a>\u{1}</a>", &["3-4 a control character is not XML"]);
    check(
        " <?xml version='1.0'?><a/>",
        &["1-22 an XML declaration stands at the very beginning"],
    );
}

#[test]
fn comments_are_told() {
    let text = "<a><!-- b --><c/></a><!--d-->";
    let comments: Vec<&str> = parse(text)
        .comments
        .iter()
        .map(|span| span.of(text))
        .collect();
    assert_eq!(comments, ["<!-- b -->", "<!--d-->"]);
    assert_eq!(errors("<a><!-- b -- c --></a>").len(), 1);
}

#[test]
fn nesting_is_limited() {
    let nested = |depth: usize| "<a>".repeat(depth) + &"</a>".repeat(depth);
    assert!(errors(&nested(128)).is_empty());
    assert_eq!(
        errors(&nested(100_000)),
        ["385-386 elements are nested deeper than 128 levels"]
    );
}

#[test]
fn entities_are_never_expanded() {
    let text = "<!DOCTYPE a [<!ENTITY b \"bbbb\"><!ENTITY c \"&b;&b;\">]><a x=\"&c;\">&c;</a>";
    let root = parse(text).root.unwrap();
    assert_eq!((root.get("x"), root.text.as_str()), (Some("&c;"), "&c;"));
}

fn spans(element: &Element, text: &str) {
    let fits = |span: Span| text.get(span.start as usize..span.end as usize).is_some();
    assert!(fits(element.whole) && fits(element.tag) && fits(element.name_span));
    for attribute in &element.attributes {
        assert!(fits(attribute.span) && fits(attribute.name_span));
        assert_eq!(attribute.name_span.of(text), attribute.name);
    }
    for child in &element.children {
        spans(child, text);
    }
}

proptest! {
    #[test]
    fn any_text_gives_spans_that_fit(text in "(<|>|/|a|b|=|\"|'|&|;|#|x|é|!|-|\\[|\\]|\\?| |\n|<a x=\"|</a>|<!--|-->|CDATA){0,40}") {
        let xml = parse(&text);
        for error in &xml.errors {
            let place = error.span.start as usize..error.span.end as usize;
            prop_assert!(text.get(place).is_some(), "{:?}", error);
        }
        if let Some(root) = &xml.root {
            spans(root, &text);
        }
    }
}
