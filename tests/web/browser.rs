//! A browser without JavaScript: keeps its cookie, sends forms as they stand in the page.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use tower::ServiceExt;

use super::setting::{PASSWORD, SECRET, Setting};

/// An answer.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: String,
}

impl Answer {
    /// Where a redirect leads.
    pub(super) fn leads_to(&self) -> &str {
        self.headers.get(header::LOCATION).map_or("", |value| value.to_str().unwrap())
    }

    /// The value of a hidden field, by the first form that has it.
    pub(super) fn hidden(&self, name: &str) -> String {
        let start = format!("<input type=\"hidden\" name=\"{name}\" value=\"");
        let rest = self.body.split_once(&start).unwrap_or_else(|| panic!("no hidden {name} in: {}", self.body)).1;
        rest.split_once('"').unwrap().0.to_owned()
    }
}

/// A browser at one site.
pub(super) struct Browser {
    router: Router,
    cookie: Option<String>,
}

impl Browser {
    pub(super) fn new(setting: &Setting) -> Self {
        Self { router: web::router(setting.state.clone()), cookie: None }
    }

    /// A browser in which somebody has signed in.
    pub(super) async fn signed_in(setting: &Setting, email: &str) -> Self {
        let mut browser = Self::new(setting);
        let code = setting.code(SECRET);
        let answer = browser.post("/sign-in", &[("email", email), ("password", PASSWORD), ("code", &code)]).await;
        assert_eq!((answer.status, answer.leads_to()), (StatusCode::SEE_OTHER, "/"), "{email}: {}", answer.body);
        browser
    }

    /// The cookie it holds, to be altered.
    pub(super) fn taken_cookie(&self) -> String {
        self.cookie.clone().unwrap()
    }

    /// The cookie it holds, if any.
    pub(super) fn kept_cookie(&self) -> Option<String> {
        self.cookie.clone()
    }

    /// Puts another cookie in its place.
    pub(super) fn cookie(&mut self, cookie: &str) {
        self.cookie = Some(cookie.to_owned());
    }

    pub(super) async fn get(&mut self, path: &str) -> Answer {
        self.send("GET", path, &[], &[]).await
    }

    pub(super) async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.send("POST", path, fields, &[("sec-fetch-site", "same-origin")]).await
    }

    /// Opens a page, takes over its hidden fields and sends its form.
    pub(super) async fn fill(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let page = self.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.body);
        let (once, version) = (page.hidden("once"), page.hidden("version"));
        let mut all = vec![("once", once.as_str()), ("version", version.as_str())];
        all.extend(fields);
        self.post(path, &all).await
    }

    /// Sends a form with files, as a browser does.
    pub(super) async fn upload(&mut self, path: &str, fields: &[(&str, &str)], files: &[(&str, &str)]) -> Answer {
        let mut body = String::new();
        for (name, value) in fields {
            body += format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").as_str();
        }
        for (name, text) in files {
            body += format!(
                "--edge\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\nContent-Type: application/toml\r\n\r\n{text}\r\n"
            )
            .as_str();
        }
        body.push_str("--edge--\r\n");
        let mut request = Request::builder().method("POST").uri(path).header(header::HOST, "probity.example");
        if let Some(cookie) = &self.cookie {
            request = request.header(header::COOKIE, cookie);
        }
        request = request.header("sec-fetch-site", "same-origin").header(header::CONTENT_TYPE, "multipart/form-data; boundary=edge");
        let response = self.router.clone().oneshot(request.body(Body::from(body)).unwrap()).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        Answer { status, headers, body: String::from_utf8_lossy(&bytes).into_owned() }
    }

    pub(super) async fn send(&mut self, method: &str, path: &str, fields: &[(&str, &str)], headers: &[(&str, &str)]) -> Answer {
        let mut request = Request::builder().method(method).uri(path).header(header::HOST, "probity.example");
        if let Some(cookie) = &self.cookie {
            request = request.header(header::COOKIE, cookie);
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let body = if method == "POST" {
            request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
            Body::from(fields.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect::<Vec<_>>().join("&"))
        } else {
            Body::empty()
        };
        let response = self.router.clone().oneshot(request.body(body).unwrap()).await.unwrap();
        if let Some(cookie) = response.headers().get(header::SET_COOKIE) {
            self.cookie = Some(cookie.to_str().unwrap().split(';').next().unwrap().to_owned());
        }
        let (status, headers) = (response.status(), response.headers().clone());
        let streams = headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind == "text/event-stream");
        let bytes = if streams { Vec::new() } else { to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec() };
        Answer { status, headers, body: String::from_utf8_lossy(&bytes).into_owned() }
    }
}

fn encoded(text: &str) -> String {
    text.bytes().map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}
