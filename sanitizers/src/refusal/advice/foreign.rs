//! What to do with a file of a kind that is not cleaned.
//!
//! Each text ends in a step that somebody can take who is afraid and knows nothing of
//! formats, and that leads to a file that is cleaned, or to none.

use super::Advice;
use crate::refusal::Foreign;

pub(super) fn advice(foreign: Foreign) -> Advice {
    match foreign {
        Foreign::Picture => PICTURE,
        Foreign::RawPicture => RAW_PICTURE,
        Foreign::VectorPicture => DRAWING,
        Foreign::Cad => CAD,
        Foreign::Office => OFFICE,
        Foreign::Document => DOCUMENT,
        Foreign::Sound => SOUND,
        Foreign::Film => FILM,
        Foreign::Archive => ARCHIVE,
        Foreign::DiskImage => DISK_IMAGE,
        Foreign::Database => DATABASE,
        Foreign::Mail => MAIL,
        Foreign::OutlookMail => OUTLOOK_MAIL,
        Foreign::Mailbox => MAILBOX,
        Foreign::Encrypted => ENCRYPTED,
        Foreign::Card => CARD,
        Foreign::WebPage => WEB_PAGE,
        Foreign::Shortcut => SHORTCUT,
        Foreign::Program => PROGRAM,
        Foreign::Font => FONT,
        Foreign::Medical => MEDICAL,
    }
}

const PICTURE: Advice = (
    "Denne slags billede kan vi ikke rense. Åbn det, vælg »Gem som« eller »Eksportér«, vælg \
     JPEG eller PNG, og send den nye fil, eller tag et skærmbillede.",
    "We cannot clean this kind of picture. Open it, choose \"Save as\" or \"Export\", choose JPEG \
     or PNG, and send the new file, or take a screenshot.",
);

const RAW_PICTURE: Advice = (
    "Filen er kameraets råbillede. Send JPEG-billedet, som kameraet måske har gemt ved siden af, \
     eller åbn filen, vælg »Eksportér« og JPEG, og send det.",
    "The file is a raw picture from the camera. Send the JPEG picture that the camera may have \
     saved beside it, or open the file, choose \"Export\" and JPEG, and send that.",
);

const DRAWING: Advice = (
    "Denne slags tegning kan vi ikke rense. Åbn den, vælg »Udskriv« eller »Eksportér«, vælg PDF, \
     og send PDF-filen, eller tag et skærmbillede.",
    "We cannot clean this kind of drawing. Open it, choose \"Print\" or \"Export\", choose PDF, \
     and send the PDF file, or take a screenshot.",
);

const CAD: Advice = (
    "Tegninger fra konstruktionsprogrammer husker, hvem der har tegnet dem. Åbn tegningen, vælg \
     »Udskriv« og PDF, og send PDF-filen, eller tag skærmbilleder.",
    "Drawings from construction programs remember who drew them. Open the drawing, choose \
     \"Print\" and PDF, and send the PDF file, or take screenshots.",
);

const OFFICE: Advice = (
    "Filen er i et ældre format, som husker, hvem der har skrevet i den, også det slettede. Åbn \
     den, vælg »Gem som«, vælg .docx, .xlsx, .pptx eller PDF, og send kopien.",
    "The file is in an older format that remembers who has written in it, and what was deleted. \
     Open it, choose \"Save as\", choose .docx, .xlsx, .pptx or PDF, and send the copy.",
);

const DOCUMENT: Advice = (
    "Denne slags dokument kan vi ikke rense. Åbn det, vælg »Eksportér« eller »Udskriv«, vælg \
     PDF, og send PDF-filen, eller tag skærmbilleder.",
    "We cannot clean this kind of document. Open it, choose \"Export\" or \"Print\", choose PDF, \
     and send the PDF file, or take screenshots.",
);

const SOUND: Advice = (
    "Denne slags lydfil kan vi ikke rense. Åbn den i et lydprogram, gem den som MP3 eller WAV, \
     og send den nye fil, eller skriv ned, hvad der bliver sagt.",
    "We cannot clean this kind of sound recording. Open it in a sound program, save it as MP3 \
     or WAV, and send the new file, or write down what is said.",
);

const FILM: Advice = (
    "Denne slags film kan vi ikke rense. Åbn den i et filmprogram, gem den som MP4, og send den \
     nye fil, eller send skærmbilleder af de vigtige steder.",
    "We cannot clean this kind of film. Open it in a film program, save it as MP4, and send the \
     new file, or send screenshots of the important moments.",
);

const ARCHIVE: Advice = (
    "Denne slags samlede fil kan vi ikke åbne. Pak den ud på din egen maskine, og send filerne i \
     den en for en, eller pak dem som en ZIP-fil.",
    "We cannot open files that were packed in this way. Unpack it on your own machine, and send \
     the files in it one by one, or pack them as a ZIP file.",
);

const DISK_IMAGE: Advice = (
    "Filen er en kopi af en hel disk. Åbn den, find de filer, det handler om, og send dem en for \
     en, eller pak dem som en ZIP-fil.",
    "The file is a copy of a whole disk. Open it, find the files that matter, and send them one \
     by one, or pack them as a ZIP file.",
);

const DATABASE: Advice = (
    "Filen er en database, som vi ikke kan rense. Åbn den i dens program, eksportér de vigtige \
     tabeller som CSV eller Excel (.xlsx), og send dem, eller tag skærmbilleder.",
    "The file is a database, which we cannot clean. Open it in its program, export the tables \
     that matter as CSV or Excel (.xlsx), and send those, or take screenshots.",
);

const MAIL: Advice = (
    "Denne mail kan vi ikke skille ad på en sikker måde. Åbn den, kopiér teksten ind i din \
     beskrivelse, gem de vedhæftede filer, og send dem en for en.",
    "We cannot take this mail apart safely. Open it, copy the text into your report, save the \
     attached files, and send them one by one.",
);

const OUTLOOK_MAIL: Advice = (
    "Filen er gemt af Outlook og viser, hvem der har modtaget den. Åbn den, kopiér teksten ind i \
     din beskrivelse, gem de vedhæftede filer, og send dem en for en.",
    "The file was saved by Outlook and shows who received it. Open it, copy the text into your \
     report, save the attached files, and send them one by one.",
);

const MAILBOX: Advice = (
    "Filen er en hel postkasse, også med mails, der ikke vedkommer sagen. Åbn dit mailprogram, \
     gem kun de vigtige mails, en for en, og send dem.",
    "The file is a whole mailbox, also with mails that have nothing to do with the matter. Open \
     your mail program, save only the important mails, one by one, and send those.",
);

const ENCRYPTED: Advice = (
    "Filen er krypteret, så vi kan ikke se, hvad der er i den. Åbn den i det program, du plejer, \
     gem indholdet uden kryptering, og send det.",
    "The file is encrypted, so we cannot see what is in it. Open it in the program you use for \
     it, save what is in it without encryption, and send that.",
);

const CARD: Advice = (
    "Filen er et visitkort eller en kalender og er fuld af navne. Skriv det vigtige i din \
     beskrivelse, eller tag et skærmbillede uden dit eget navn.",
    "The file is a contact card or a calendar and is full of names. Write what matters in your \
     report, or take a screenshot without your own name on it.",
);

const WEB_PAGE: Advice = (
    "Filen er gemt på en måde, som vi ikke kan rense. Åbn den, vælg »Udskriv« og PDF, eller tag \
     et skærmbillede. Sørg for, at dit eget navn ikke står på det.",
    "The file was saved in a way that we cannot clean. Open it, choose \"Print\" and PDF, or take \
     a screenshot. Make sure that your own name is not on it.",
);

const SHORTCUT: Advice = (
    "Filen er kun en genvej eller en henvisning til noget andet. Find selve filen, og send den i \
     stedet.",
    "The file is only a shortcut, or a pointer to something else. Find the file itself and send \
     that instead.",
);

const PROGRAM: Advice = (
    "Programmer tager vi ikke imod. Skriv, hvad programmet gør, eller send skærmbilleder.",
    "We do not accept programs. Write down what the program does, or send screenshots.",
);

const FONT: Advice = (
    "Filen er en skrifttype, og den viser ikke noget. Find det dokument, du ville vise, og send \
     det i stedet.",
    "The file is a typeface, which shows nothing. Find the document that you wanted to show, and \
     send that instead.",
);

const MEDICAL: Advice = (
    "Filen er et billede fra et hospital med patientens navn i. Åbn det, tag et skærmbillede uden \
     navn og nummer, og send det.",
    "The file is a picture from a hospital with the patient's name in it. Open it, take a \
     screenshot without name and number, and send that.",
);
