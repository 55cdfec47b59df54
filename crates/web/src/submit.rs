//! One way to answer a form of the policy's pages: it is done once and leads on, or it is
//! shown again with what a rule refused.

use axum::response::Response;
use domain::calendar::When;
use domain::people::Actor;
use domain::{Refusal, RefusalCode};
use services::App;

use crate::error::Problem;
use crate::extract::Visit;
use crate::forms::{Form, Sent};
use crate::once::{Key, Outcome};
use crate::pages::form_page::FormPage;

/// Does `work` once for the key that the form carries; it gives the address to go on to.
/// What a rule refuses goes to `again`; a conflict or a missing permission has a page of its own.
pub(crate) async fn once<W, A>(visit: &Visit, key: &Key, work: W, again: A) -> Result<Response, Problem>
where
    W: FnOnce(&App, &Actor) -> Result<String, services::Error> + Send + 'static,
    A: FnOnce(Refusal) -> Result<Response, Problem>,
{
    let actor = visit.actor()?;
    let user = actor.user.to_string();
    let state = visit.state.clone();
    let done = async {
        match visit.state.run(move |app| work(app, &actor)).await {
            Ok(address) => Ok(Outcome::Done(address)),
            Err(Problem::Refused(refusal)) if !matches!(refusal.code, RefusalCode::Conflict | RefusalCode::NotAllowed) => {
                again(refusal).map(Outcome::Again)
            }
            Err(problem) => Err(problem),
        }
    };
    state.once.run(&user, key, done).await
}

/// What a refusal says in a form.
pub(crate) fn words(refusal: &Refusal) -> String {
    format!("{} {}", refusal.sentence(), refusal.code.next())
}

/// The page again with what a rule refused.
pub(crate) fn refused(visit: &Visit, mut page: FormPage, refusal: &Refusal, field: &str) -> Result<Response, Problem> {
    page.form.complain(field, words(refusal));
    page.once = crate::once::fresh();
    visit.page(&page)
}

/// The day or, with a time of day in London, the moment of two fields; complains when they are none.
pub(crate) fn when(form: &mut Form, sent: &Sent, day: &str, time: &str) -> Option<When> {
    let date = form.need_date(sent, day)?;
    let text = sent.text(time);
    if text.is_empty() {
        return Some(date.into());
    }
    let moment = clock_time(text).and_then(|time| {
        let london = jiff::tz::TimeZone::get("Europe/London").ok()?;
        Some(date.to_datetime(time).to_zoned(london).ok()?.timestamp())
    });
    if moment.is_none() {
        form.complain(time, "Enter the time in hours and minutes, like 14:30");
    }
    moment.map(When::from)
}

/// `14:30`, `14.30` or `9:05`.
fn clock_time(text: &str) -> Option<jiff::civil::Time> {
    let (hours, minutes) = text.split_once([':', '.'])?;
    jiff::civil::Time::new(hours.trim().parse().ok()?, minutes.trim().parse().ok()?, 0, 0).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::Field;

    fn read(time: &str) -> (Option<When>, Form) {
        let mut form = Form::new(vec![Field::date("on", "On"), Field::text("time", "At")]);
        let pairs = [("on-day", "1"), ("on-month", "7"), ("on-year", "2026"), ("time", time)];
        let sent = Sent(pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect());
        (when(&mut form, &sent, "on", "time"), form)
    }

    #[test]
    fn a_day_alone_is_a_day_and_a_time_is_london_time() {
        assert_eq!(read("").0, Some(jiff::civil::date(2026, 7, 1).into()));
        for time in ["14:30", "14.30"] {
            assert_eq!(read(time).0.unwrap().instant().unwrap().to_string(), "2026-07-01T13:30:00Z");
        }
    }

    #[test]
    fn what_is_no_time_is_complained_about_at_its_field() {
        for time in ["noon", "25:00", "14:75", "1430"] {
            let (when, form) = read(time);
            assert!(when.is_none() && !form.fields[1].error.is_empty(), "{time}");
        }
    }
}
