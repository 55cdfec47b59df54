//! A small strict reader of HTML: enough to find what is broken in our own pages.

/// One element with its attributes and what stands inside.
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
    pub(crate) inner: String,
    pub(crate) text: String,
}

impl Element {
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// A page as its elements in order.
pub(crate) struct Document {
    pub(crate) elements: Vec<Element>,
}

impl Document {
    pub(crate) fn count(&self, name: &str) -> usize {
        self.elements.iter().filter(|e| e.name == name).count()
    }

    pub(crate) fn text(&self, name: &str) -> String {
        self.elements.iter().find(|e| e.name == name).map(|e| e.text.clone()).unwrap_or_default()
    }

    /// Everything a reader sees.
    pub(crate) fn words(&self) -> &str {
        self.elements.iter().find(|e| e.name == "body").map_or("", |e| e.text.as_str())
    }
}

const VOID: &[&str] = &["meta", "link", "input", "br", "hr", "img", "rect", "path"];

/// Reads a page; every element must be closed in order, every attribute quoted.
pub(crate) fn parse(html: &str) -> Result<Document, String> {
    let rest = html.strip_prefix("<!DOCTYPE html>").ok_or("no doctype")?;
    let mut elements = Vec::new();
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    while let Some(offset) = rest[at..].find('<') {
        let start = at + offset;
        let end = start + rest[start..].find('>').ok_or("a tag without end")?;
        let tag = &rest[start + 1..end];
        at = end + 1;
        if let Some(name) = tag.strip_prefix('/') {
            let (index, inner) = open.pop().ok_or_else(|| format!("</{name}> closes nothing"))?;
            let element: &mut Element = &mut elements[index];
            if element.name != name {
                return Err(format!("</{name}> closes <{}> near: {}", element.name, &rest[start.saturating_sub(120)..start]));
            }
            rest[inner..start].clone_into(&mut element.inner);
            element.text = words(&element.inner);
        } else {
            let element = element(tag)?;
            let closed = tag.ends_with('/') || VOID.contains(&element.name.as_str());
            elements.push(element);
            if !closed {
                open.push((elements.len() - 1, at));
            }
        }
    }
    match open.last() {
        Some((index, _)) => Err(format!("<{}> is not closed", elements[*index].name)),
        None => Ok(Document { elements }),
    }
}

fn element(tag: &str) -> Result<Element, String> {
    let tag = tag.trim_end_matches('/').trim();
    let (name, mut rest) = tag.split_once(char::is_whitespace).unwrap_or((tag, ""));
    let mut attributes = Vec::new();
    while !rest.trim().is_empty() {
        rest = rest.trim_start();
        let length = rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len());
        let key = rest[..length].to_owned();
        rest = &rest[length..];
        let mut value = String::new();
        if let Some(quoted) = rest.strip_prefix("=\"") {
            let end = quoted.find('"').ok_or_else(|| format!("<{tag}>: a quote is open"))?;
            quoted[..end].clone_into(&mut value);
            rest = &quoted[end + 1..];
            if !rest.is_empty() && !rest.starts_with(char::is_whitespace) {
                return Err(format!("<{tag}>: attributes run together"));
            }
        } else if rest.starts_with('=') {
            return Err(format!("<{tag}>: {key} is not quoted"));
        }
        if attributes.iter().any(|(other, _)| *other == key) {
            return Err(format!("<{tag}>: {key} twice"));
        }
        attributes.push((key, value));
    }
    if name.is_empty() || !name.chars().all(|c| c.is_ascii_alphanumeric()) {
        return Err(format!("<{tag}> is no element"));
    }
    Ok(Element { name: name.to_owned(), attributes, inner: String::new(), text: String::new() })
}

fn words(inner: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for c in inner.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => text.push(c),
            _ => {}
        }
    }
    text
}
