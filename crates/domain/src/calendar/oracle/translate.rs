//! From the types under test to whole numbers and back. Nothing here computes a date.

use jiff::{Timestamp, civil::Date};

use super::clocks::{At, Clock, Length};
use crate::calendar::{Kind, Period, When};

pub(super) fn number(date: Date) -> i64 {
    super::days::day_of((date.year().into(), date.month().into(), date.day().into()))
}

pub(super) fn date(day: i64) -> Date {
    let (year, month, date) = super::days::date_of(day);
    Date::new(year as i16, month as i8, date as i8).unwrap()
}

pub(super) fn at(when: When) -> At {
    match when {
        When::Date(date) => At::Day(number(date)),
        When::Instant(moment) => At::Moment(moment.as_second()),
    }
}

pub(super) fn when(at: At) -> When {
    match at {
        At::Day(day) => date(day).into(),
        At::Moment(seconds) => Timestamp::from_second(seconds).unwrap().into(),
    }
}

pub(super) fn length(period: Period) -> Length {
    match period {
        Period::Hours(hours) => panic!("{hours} hours are no length in days"),
        Period::Days(days) => Length::Days(days.into()),
        Period::WorkingDays(days) => Length::WorkingDays(days.into()),
        Period::Months(months) => Length::Months(months.into()),
        Period::Years(years) => Length::Months(i64::from(years) * 12),
    }
}

pub(super) fn clock(kind: &Kind) -> Clock {
    match kind {
        Kind::Rights(_) => Clock::Request,
        Kind::ExtensionNotice | Kind::RefusalNotice => Clock::NoticeOrRefusal,
        Kind::ComplaintAcknowledgement => Clock::Complaint,
        Kind::ElapsedHours(hours) => Clock::Hours((*hours).into()),
        Kind::Answer(period) => Clock::Answer(length(*period)),
        Kind::AnswerInclusive(period) => Clock::Inclusive(length(*period)),
        Kind::Latest(period) | Kind::CutOff(period) => Clock::Fixed(length(*period)),
        Kind::Arrive { within, delivery } => Clock::Arrive(length(*within), length(*delivery)),
        Kind::AtOnce(period) => Clock::AtOnce(length(*period)),
        Kind::Review { every, set_by } => Clock::Review(length(*every), set_by.is_some()),
        Kind::Expiry { remind } => Clock::Expiry(length(*remind)),
        Kind::Daily(_) => Clock::SameDay,
    }
}
