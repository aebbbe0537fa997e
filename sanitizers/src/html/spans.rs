//! Cells over several columns and rows: over no more than there are.

/// A table while it is read.
#[derive(Default)]
struct Table {
    cells: usize,
    rows: usize,
    spans: Vec<Span>,
}

/// A number in an attribute.
struct Span {
    start: usize,
    end: usize,
    is_of_rows: bool,
}

/// The body of a page that we wrote, with numbers that its tables can have.
pub(super) fn within_tables(body: &str) -> String {
    let (mut open, mut ended) = (Vec::new(), Vec::new());
    // What stands in no table.
    let mut outside = Table::default();
    let mut at = 0;
    while let Some((start, tag)) = next_tag(body, at) {
        at = start + tag.len();
        let name = tag.split(' ').next().unwrap_or_default();
        let table: &mut Table = open.last_mut().unwrap_or(&mut outside);
        match name {
            "table" => open.push(Table { rows: 1, ..Table::default() }),
            "/table" => ended.extend(open.pop()),
            "tr" | "tbody" | "thead" | "tfoot" => table.rows += 1,
            "td" | "th" => {
                table.cells += 1;
                for (mark, is_of_rows) in [("colspan=\"", false), ("rowspan=\"", true)] {
                    let Some(place) = tag.find(mark) else { continue };
                    let start = start + place + mark.len();
                    let length = body.get(start..).and_then(|rest| rest.find('"'));
                    table.spans.extend(length.map(|length| Span {
                        start,
                        end: start + length,
                        is_of_rows,
                    }));
                }
            }
            _ => {}
        }
    }
    let outside = Table { cells: 1, rows: 1, ..outside };
    let tables = ended.iter().chain(&open).chain([&outside]);
    let mut changes: Vec<(usize, usize, usize)> = tables
        .flat_map(|table| table.spans.iter().map(move |span| (span, table)))
        .filter_map(|(span, table)| {
            let most = if span.is_of_rows { table.rows } else { table.cells };
            let said: usize = body.get(span.start..span.end)?.parse().ok()?;
            (said > most).then_some((span.start, span.end, most))
        })
        .collect();
    changes.sort_unstable();
    let (mut out, mut from) = (String::with_capacity(body.len()), 0);
    for (start, end, most) in changes {
        out.push_str(body.get(from..start).unwrap_or_default());
        out.push_str(&most.to_string());
        from = end;
    }
    out.push_str(body.get(from..).unwrap_or_default());
    out
}

/// The next tag without its brackets, and where it begins.
fn next_tag(body: &str, from: usize) -> Option<(usize, &str)> {
    let start = from + body.get(from..)?.find('<')? + 1;
    let end = start + body.get(start..)?.find('>')?;
    Some((start, body.get(start..end)?))
}
