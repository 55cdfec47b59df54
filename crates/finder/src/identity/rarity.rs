//! How many people bear a name.

/// The surnames that most people in the United Kingdom bear, by the published counts of registers and censuses
/// (Office for National Statistics, National Records of Scotland), folded.
const MANY: &str = " smith jones taylor brown williams wilson johnson davies davis robinson wright thompson evans walker white roberts \
    green hall wood jackson clarke clark patel khan lewis james phillips mason mitchell rose lee ali ahmed hussain begum kaur singh \
    martin harrison edwards moore turner hill cooper hughes king baker harris carter morgan allen scott morris ward watson anderson \
    young bell shaw bailey parker collins bennett cook richardson marshall simpson griffiths stewart stuart campbell murray macdonald \
    mcdonald reid ross robertson thomson miller paterson graham hamilton fraser kelly murphy o'brien obrien ryan o'neill o'neil oneill \
    walsh byrne doherty gallagher kennedy quinn adams webb stevens chapman foster mills knight butler barnes fisher powell price owen \
    rogers russell hunt palmer gray grey ellis matthews lloyd jenkins cox richards howard barker rahman islam miah uddin shah iqbal akhtar \
    mohammed muhammad nguyen chen wang li zhang wong kumar sharma gill garcia silva santos sousa souza fernandes \
    nowak kowalski popescu popa ivanov johnston thomas george hunter gordon reynolds burton dixon dean fox west cole brooks perry \
    wallace stone payne mccarthy sullivan o'sullivan o'connor connor duffy hayes daly lynch flynn burke nolan ";

/// True for a folded surname that so many people bear that the name alone does not say which of them is meant.
pub(super) fn many_bear(surname: &str) -> bool {
    !surname.contains(' ') && MANY.split_ascii_whitespace().any(|s| s == surname)
}

/// Those of them that came with people from abroad of late, among whom a given name often has two forms.
const ABROAD: &str = " garcia silva santos sousa souza fernandes nowak kowalski popescu popa ivanov nguyen chen wang li zhang wong ";

/// True for a folded surname that many bear, and few whose family has long been in Britain and Ireland.
pub(super) fn is_from_abroad(surname: &str) -> bool {
    ABROAD.split_ascii_whitespace().any(|s| s == surname)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_surnames_are_known() {
        assert!(many_bear("smith") && many_bear("patel") && many_bear("o'brien"));
        assert!(!many_bear("fairbairn") && !many_bear("hart-davies") && !many_bear("") && !many_bear("smith jones"));
    }
}
