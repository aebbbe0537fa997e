//! What a page says, in the words of the portal: a state is reached when its text is there.

use crate::journey::Walk;

const DA: &str = include_str!("../../templates/text/da.ftl");
const EN: &str = include_str!("../../templates/text/en.ftl");

impl Walk<'_> {
    /// Whether the page shows a text of the portal, up to what is filled in there.
    pub fn shows(&self, id: &str) -> bool {
        let lines = if self.language == "da" { DA } else { EN };
        let text = lines.lines().find_map(|line| line.strip_prefix(&format!("{id} = ")));
        let text = text.unwrap_or_else(|| panic!("no text {id}")).split('{').next().unwrap();
        assert!(!text.trim().is_empty(), "{id} begins with what is filled in");
        self.browser.all("main").concat().contains(text.trim())
    }

    /// Looks at a page that shows a text.
    pub fn open_to(&mut self, address: &str, id: &str, name: &str) {
        self.go(address);
        assert!(self.shows(id), "{address} shows {id}");
        self.look(name);
    }

    /// Presses a button or a link, and looks at the page with a text where it leads.
    pub fn press_to(&mut self, selector: &str, id: &str, name: &str) {
        self.browser.press(selector);
        self.browser.until(&format!("{selector} leads to {id}"), |_| self.shows(id));
        self.look(name);
    }
}
