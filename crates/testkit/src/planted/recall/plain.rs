//! A name in the letters of an English keyboard.

/// A text without accents and foreign letters.
pub fn ascii(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            'à'..='å' => out.push('a'),
            'ç' | 'ć' => out.push('c'),
            'è'..='ë' | 'ę' | 'ễ' => out.push('e'),
            'ì'..='ï' => out.push('i'),
            'ñ' | 'ń' => out.push('n'),
            'ò'..='ö' | 'ø' => out.push('o'),
            'ù'..='ü' => out.push('u'),
            'ž' | 'ż' | 'ź' => out.push('z'),
            'Ż' | 'Ź' => out.push('Z'),
            'ł' => out.push('l'),
            'Ł' => out.push('L'),
            'ś' => out.push('s'),
            'Ó' | 'Ö' | 'Ø' => out.push('O'),
            'É' => out.push('E'),
            'Þ' => out.push_str("Th"),
            '’' => out.push('\''),
            _ => out.push(c),
        }
    }
    out
}
