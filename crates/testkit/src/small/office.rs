//! Kinds that are a zip of XML.

use crate::write::zip::zip;

const TYPES: (&str, &str) = ("[Content_Types].xml", "<Types xmlns='t'><Default Extension='xml' ContentType='application/xml'/></Types>");
const CORE: (&str, &str) = (
    "docProps/core.xml",
    "<cp:coreProperties xmlns:cp='c' xmlns:dc='d'><dc:title>Minutes</dc:title><dc:creator>Ada Example</dc:creator><cp:keywords>a, b</cp:keywords></cp:coreProperties>",
);

pub(super) fn word() -> Vec<Vec<u8>> {
    let document = "<?xml version='1.0' encoding='UTF-8'?><w:document xmlns:w='w' xmlns:r='r' xmlns:mc='m'><w:body><w:p><w:pPr><w:pStyle w:val='Heading1'/></w:pPr><w:r><w:t xml:space='preserve'>Dear Ada &amp; </w:t><w:tab/><w:br/></w:r><w:ins w:author='Bob' w:date='2026-11-02T10:00:00Z'><w:r><w:t>new</w:t></w:r></w:ins><w:del w:author='Bob'><w:r><w:delText>old</w:delText></w:r></w:del><w:hyperlink r:id='r1'><w:r><w:t>here</w:t></w:r></w:hyperlink></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl><w:p><w:r><w:instrText>MERGEFIELD Name</w:instrText></w:r><w:r><mc:AlternateContent><mc:Choice><w:drawing><wp:docPr descr='photo of Ada'/></w:drawing></mc:Choice><mc:Fallback><w:pict/></mc:Fallback></mc:AlternateContent></w:r><![CDATA[x]]><!-- c --></w:p></w:body></w:document>";
    vec![zip(&[
        TYPES,
        ("word/document.xml", document),
        (
            "word/comments.xml",
            "<w:comments xmlns:w='w'><w:comment w:author='Grace'><w:p><w:r><w:t>who?</w:t></w:r></w:p></w:comment></w:comments>",
        ),
        ("word/header1.xml", "<w:hdr xmlns:w='w'><w:p><w:r><w:t>head</w:t></w:r></w:p></w:hdr>"),
        (
            "word/_rels/document.xml.rels",
            "<Relationships><Relationship Id='r1' Target='mailto:a@mail.example' TargetMode='External'/></Relationships>",
        ),
        ("word/embeddings/a.txt", "carried"),
        CORE,
    ])]
}

pub(super) fn workbook() -> Vec<Vec<u8>> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let members = [
        TYPES.0.to_owned(),
        TYPES.1.to_owned(),
        "_rels/.rels".to_owned(),
        format!(
            "<Relationships xmlns='{package}'><Relationship Id='r1' Type='{office}/officeDocument' Target='xl/workbook.xml'/></Relationships>"
        ),
        "xl/workbook.xml".to_owned(),
        format!(
            "<workbook xmlns='{main}' xmlns:r='{office}'><workbookPr date1904='false'/><sheets><sheet name='People' sheetId='1' r:id='r1'/><sheet name='Old' sheetId='2' state='hidden' r:id='r2'/></sheets><definedNames><definedName name='All'>People!$A$1:$B$2</definedName></definedNames></workbook>"
        ),
        "xl/_rels/workbook.xml.rels".to_owned(),
        format!(
            "<Relationships xmlns='{package}'><Relationship Id='r1' Type='{office}/worksheet' Target='worksheets/sheet1.xml'/><Relationship Id='r2' Type='{office}/worksheet' Target='/xl/worksheets/sheet2.xml'/><Relationship Id='r3' Type='{office}/sharedStrings' Target='sharedStrings.xml'/><Relationship Id='r4' Type='{office}/styles' Target='styles.xml'/></Relationships>"
        ),
        "xl/styles.xml".to_owned(),
        format!(
            "<styleSheet xmlns='{main}'><numFmts><numFmt numFmtId='164' formatCode='dd/mm/yyyy'/></numFmts><cellXfs count='2'><xf numFmtId='0'/><xf numFmtId='164'/></cellXfs></styleSheet>"
        ),
        "xl/sharedStrings.xml".to_owned(),
        format!(
            "<sst xmlns='{main}' count='2' uniqueCount='2'><si><t>Ada Example</t></si><si><r><t>rich </t></r><r><rPr><b/></rPr><t>text</t></r></si></sst>"
        ),
        "xl/worksheets/sheet1.xml".to_owned(),
        format!(
            "<worksheet xmlns='{main}'><dimension ref='A1:D4'/><sheetData><row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' s='1'><v>46000.5</v></c><c r='C1' t='inlineStr'><is><t>in line</t></is></c></row><row r='3'><c r='A3' t='b'><v>1</v></c><c r='B3' t='e'><v>#N/A</v></c><c r='C3' t='str'><f>A1&amp;\"x\"</f><v>Ada x</v></c><c r='D4'><f t='shared' ref='D4:D5' si='0'>B1+1</f><v>1e3</v></c></row></sheetData><mergeCells><mergeCell ref='A1:B2'/></mergeCells><headerFooter><oddHeader>&amp;LAda</oddHeader></headerFooter></worksheet>"
        ),
        "xl/worksheets/sheet2.xml".to_owned(),
        format!("<worksheet xmlns='{main}'><sheetData><row><c><v>7</v></c><c t='s'><v>1</v></c></row></sheetData></worksheet>"),
        "xl/comments1.xml".to_owned(),
        format!(
            "<comments xmlns='{main}'><authors><author>Grace</author></authors><commentList><comment ref='A1'><text><t>note</t></text></comment></commentList></comments>"
        ),
        "xl/pivotCache/pivotCacheRecords1.xml".to_owned(),
        "<r><s v='Ada'/></r>".to_owned(),
    ];
    let members: Vec<(&str, &str)> = members.as_chunks::<2>().0.iter().map(|[name, text]| (name.as_str(), text.as_str())).collect();
    vec![zip(&members), super::packed::BINARY_WORKBOOK.to_vec()]
}

pub(super) fn slides() -> Vec<Vec<u8>> {
    vec![zip(&[
        TYPES,
        ("ppt/presentation.xml", "<p:presentation xmlns:p='p'/>"),
        (
            "ppt/slides/slide1.xml",
            "<p:sld xmlns:p='p' xmlns:a='a'><p:cNvPr descr='photo'/><a:p><a:r><a:t>Ada &lt;x&gt;</a:t></a:r><a:br/></a:p><a:tbl><a:tc><a:t>1</a:t></a:tc></a:tbl></p:sld>",
        ),
        ("ppt/notesSlides/notesSlide1.xml", "<p:notes xmlns:a='a'><a:p><a:t>say this</a:t></a:p></p:notes>"),
        ("ppt/comments/comment1.xml", "<p:cmLst><p:cm><p:text>who?</p:text></p:cm></p:cmLst>"),
        ("ppt/commentAuthors.xml", "<p:cmAuthorLst><p:cmAuthor name='Grace'/></p:cmAuthorLst>"),
        ("ppt/media/a.png", "x"),
        CORE,
    ])]
}

pub(super) fn open_document() -> Vec<Vec<u8>> {
    let story = "<office:document-content xmlns:office='o' xmlns:text='t' xmlns:table='b' xmlns:dc='d'><office:body><text:h>Head</text:h><text:p>Dear<text:s/>Ada<text:tab/><text:a href='mailto:a@mail.example'>x</text:a><text:line-break/><office:annotation><dc:creator>Grace</dc:creator><text:p>who?</text:p></office:annotation></text:p><table:table table:name='T'><table:table-row><table:table-cell><text:p>1</text:p></table:table-cell><table:table-cell/></table:table-row></table:table></office:body></office:document-content>";
    let file = |kind: &str| {
        let mimetype = format!("application/vnd.oasis.opendocument.{kind}");
        zip(&[
            ("mimetype", mimetype.as_str()),
            ("META-INF/manifest.xml", "<manifest:manifest xmlns:manifest='m'><manifest:file-entry/></manifest:manifest>"),
            ("content.xml", story),
            ("styles.xml", "<office:document-styles><text:p>foot</text:p></office:document-styles>"),
            ("meta.xml", "<office:meta><dc:title>t</dc:title><meta:user-defined>v</meta:user-defined></office:meta>"),
        ])
    };
    let locked = super::packed::LOCKED_DOCUMENTS.map(<[u8]>::to_vec);
    [file("text"), file("spreadsheet")].into_iter().chain(locked).collect()
}

pub(super) fn open_sheets() -> Vec<Vec<u8>> {
    let content = "<office:document-content><office:body><office:spreadsheet><table:table table:name='People'>\
        <table:table-row><table:table-cell><text:p>Id</text:p></table:table-cell><table:table-cell table:number-columns-repeated='2'/>\
        <table:table-cell><office:annotation><text:p>a note</text:p></office:annotation><text:p>Name<text:s/><text:tab/></text:p></table:table-cell></table:table-row>\
        <table:table-row table:number-rows-repeated='3'><table:table-cell office:value='7'/><table:covered-table-cell/>\
        <table:table-cell table:number-columns-repeated='2'><text:p>Ada &amp; Bob</text:p><text:p>two</text:p></table:table-cell></table:table-row>\
        </table:table></office:spreadsheet></office:body></office:document-content>";
    let kind = "application/vnd.oasis.opendocument.spreadsheet";
    vec![zip(&[("mimetype", kind), ("content.xml", content), ("META-INF/manifest.xml", "<manifest:manifest/>")])]
}

pub(super) fn zips() -> Vec<Vec<u8>> {
    let inner = zip(&[("n.txt", "inside")]);
    vec![
        zip(&[("a.txt", b"Dear Ada".to_vec()), ("b/c.html", b"<p>x</p>".to_vec()), ("e.csv", b"a,b\n1,2\n".to_vec()), ("d.zip", inner)]),
        zip(&[("Z\u{f6}e/m.eml", "From: a@mail.example\nTo: b@c.example\nSubject: s\n\nx\n")]),
    ]
}
