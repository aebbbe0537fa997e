### Alt, hvad et menneske læser i portalen. Korte sætninger, almindelige ord.
### Lov intet, som portalen ikke holder.

## Rammen om hver side

frame-shortcuts = Genveje
frame-leave = Forlad siden hurtigt
frame-skip = Gå til indholdet
frame-demo = DEMO – må ikke bruges til rigtige indberetninger
frame-menu = Menu
frame-cases = Sager
frame-handlers = Kolleger
frame-status = Drift
frame-sign-out = Log ud
frame-sign-in = Log ind med din kode
frame-operator = Portalen drives af { $operator }.
back = Tilbage
back-to-report = Til indberetningen

## Fejl i felter, svar og advarsler

fault-label = Fejl:
fault-title = Der er noget, du skal rette
fault-ours = Det lykkedes ikke lige nu
done-title = Det er klaret
warning-label = Advarsel

## Forside

front-page = Velkommen
front-title = Har du set noget på dit arbejde, som ikke er i orden?
front-lead = Her kan du fortælle os det. Du bestemmer selv, om du vil sige, hvem du er.
front-who = Det er whistleblowerenheden, der læser det: de personer, der er udpeget til at tage imod indberetninger.
front-ways = Med onion-adressen kan dit net ikke se, at du er her. Med den almindelige adresse kan det se, at du er her, men ikke hvad du skriver.
front-work = Brug ikke arbejdets computer, telefon eller net. Der kan andre måske se, at du har været her – og på arbejdets computer også, hvad du skriver. Dit eget mobilnet er i orden, hvis arbejdet ikke betaler det.
front-arrival-onion = Du er her på portalens onion-adresse. Dit net kan se, at du bruger Tor, men ikke at du er her.
front-arrival-tor-exit = Du er her gennem Tor. Brug hellere onion-adressen nedenfor: Så kan ingen på vejen se, hvilken side Tor henter.
front-arrival-own-network = Du er på organisationens eget net. Den, der driver nettet, kan se, at du er her. Luk siden, og kom tilbage fra et andet net.
front-arrival-open-net = Du er her på det åbne net. Den, der driver dit net, kan se, at du besøger siden, men ikke hvad du skriver.
policy-versions = Versioner
policy-since = Denne politik gælder fra { $day }.
policy-before = Politikken fra { $day }
policy-was = Denne politik gjaldt fra { $since } og indtil { $until }. Den gælder stadig for sager, som kom ind i den tid.
front-closed = Ordningen kan ikke tage imod indberetninger endnu. Det er ikke din fejl. Prøv igen en anden dag.
front-start = Start en indberetning
front-return = Jeg har allerede en kode
front-own = Brug din egen enhed på et andet net end arbejdets. Vil du skjule, at du besøger siden, så brug Tor Browser.
front-guide = Læs, hvordan du passer på dig selv
front-mirror = Adressen, du kan skrive ned og taste ind hjemme:
front-onion = Adressen i Tor Browser:
front-what = Hvad kan du indberette?
front-what-text = Alvorlige forhold, som du kender fra dit arbejde: fx lovbrud, svindel, grov chikane eller fare for andre. Handler det om en mindre uenighed eller din egen løn, så tal med din leder, HR eller din tillidsrepræsentant.
front-read = Læs mere, før du skriver
front-next = Det sker der bagefter
front-next-code = Du får en kode med det samme. Den er din kvittering og din vej tilbage til sagen.
front-next-questions = Vi kan stille dig spørgsmål i sagen. Kig forbi igen efter en uges tid.
front-next-feedback = Senest efter 3 måneder skal du have en tilbagemelding: hvad vi har gjort eller vil gøre, og hvorfor.

## Det, en oplysningsside siger, hvor indstillingerne intet siger

contact-unset = se den almindelige hjemmeside for { $organisation }
dpo-unset = hvis der er en, så se den almindelige hjemmeside for { $organisation }

## Plakaten

poster-title = Plakat
poster-print = Udskriv siden, og hæng den op, hvor alle kommer forbi. Skriv gerne, hvem der svarer på spørgsmål om ordningen.
poster-lead = Fortæl det til whistleblowerenheden hos { $organisation }. Du bestemmer selv, om du vil sige, hvem du er.
poster-mirror = På din egen telefon eller computer
poster-onion = I Tor Browser, hvis dit net ikke må se, hvilken side du besøger
poster-qr = QR-kode med adressen ved siden af
poster-own = Brug ikke arbejdets computer, telefon eller net. Vent, til du er alene.

## Stop før indberetning og login, når man sidder i organisationens eget net

own-network-title = Brug et andet net
own-network-heading = Stop lige: Du er på et net, som tilhører { $organisation }
own-network-what = Den, der driver nettet, kan se, at nogen åbner denne side herfra, og hvornår.
own-network-stored = Vi har ikke gemt noget om dit besøg, men det kan nettet have. Portalen giver dig ingen frist for at indberette.
own-network-kept = Du har været her før i denne browser. Er noget gemt, kan du åbne det fra et andet net i samme browser til og med den dag, siden viste, hvis browseren ikke har været lukket. Klikker du på »{ frame-leave }«, kan det ikke åbnes mere uden en kode. Nettet kan have gemt, at du er her.
own-network-do = Gør hellere sådan
own-network-do-network = Brug et net, der ikke er arbejdets, fx derhjemme eller på et bibliotek.
own-network-address = Adressen er
own-network-do-device = Brug din egen computer eller telefon, og helst Tor Browser.
own-network-do-time = Vent gerne til i aften eller en anden dag.
own-network-known = Er det i orden for dig, at det kan ses, at du har været her?
own-network-anyway = Fortsæt alligevel

## Indberetning: en side for hvert emne

report-step = Trin { $step } af { $steps }
report-fault-busy = Vi kan ikke gemme flere kladder lige nu, så intet er gemt. Det er ikke din fejl. Det, du skrev, står her stadig. Prøv igen om lidt
report-fault-another = I et andet vindue har du svaret noget andet her, og det er gemt. Det, du skrev i dette vindue, er ikke gemt. Trykker du igen, gemmer vi det i stedet for det andet
report-continue = Fortsæt
answer-none = Det vil jeg ikke svare på
answer-optional = (valgfrit)
answer-limit = Højst { $limit } tegn.
answer-fault-missing-story = Skriv, hvad der er sket. Uden det kan vi ikke bruge indberetningen
answer-fault-missing = Svar på spørgsmålet. Uden det kan indberetningen ikke sendes
answer-fault-too-long = Svaret er på { $found } tegn og er ikke gemt. Forkort det til højst { $limit }
answer-fault-too-few-readers = Så er der for få tilbage til at læse indberetningen. Vælg færre, eller brug en anden vej, fx Den Nationale Whistleblowerordning
report-to-check = Gem, og se det hele
report-see = Se det hele
report-skip = De fleste spørgsmål kan springes over. Det vigtigste er, hvad der er sket.
report-not-attached = Disse filer er ikke med:
report-attached = Disse filer er med. På den sidste side ser du, hvad vi fandt i hver, og kan fjerne dem.
report-elsewhere = Det hører måske til et andet sted
report-elsewhere-ways = Se andre steder, du kan gå hen
report-elsewhere-on = Fortsæt her alligevel
report-unsaved = Intet er gemt endnu. Når du går videre, bliver det gemt som kladde, og siden viser, hvor længe.
draft-page = Det, du skriver på denne side, bliver gemt, når du trykker på en knap eller et link på siden.
draft-kept = Din kladde er gemt til og med { $day }.
draft-only-here = Kun denne browser kan åbne den.
draft-lost = Uden en kode kan du ikke åbne kladden efter »{ frame-leave }«, og som regel heller ikke, når browseren har været lukket. Men nogle browsere åbner det, der var åbent. Bruger andre enheden, så slut med »{ frame-leave }«.
draft-code = Du kan også gå videre fra en anden browser med koden til kladden.
draft-used = Når du ændrer noget, virker koden til kladden ikke mere. Få en ny, før du lukker browseren.
draft-used-up = Har du åbnet kladden med en kode, virker den kode ikke mere.
draft-code-link = Gem, og se koden
report-no-draft = Her er ingen kladde. Havde du en, er dens tid gået, browseren har været lukket, eller den er åbnet et andet sted med sin kode. Har du en kode til den?
report-no-draft-link = Log ind med koden
report-resumed = Du har en kladde i denne browser. Den er ikke sendt.
report-resumed-link = Se kladden
people-nobody = Her kan du ikke vælge nogen fra. Handler det om en, der læser indberetninger, eller er du i tvivl, så brug en anden vej. Det, du skriver på denne side, lukker ingen ude.

## Filer, mens man indberetter

files-kinds = Vi kan rense
and = og
files-kind-pictures = billeder
files-kind-pdf = PDF
files-kind-office = dokumenter, regneark og præsentationer (Word, Excel, PowerPoint, OpenDocument)
files-kind-sound = lydoptagelser
files-kind-film = film
files-kind-mail = gemte e-mails
files-kind-archives = pakkede filer (ZIP og TAR)
files-kind-text = tekst (fx TXT, CSV og websider)
files-classified = Send ikke noget, der er klassificeret af hensyn til statens, NATO’s eller EU’s sikkerhed, heller ikke »Til tjenestebrug«. Loven beskytter dig ikke, hvis du gør det. Almindelige papirer fra arbejdet, også fortrolige, er noget andet.
files-rest = Vi fjerner skjulte oplysninger, fx sted, navn og tidspunkt. Det, man kan se, høre eller læse, bliver stående. Andre filer gemmer vi ikke.
files-label = Vælg filer
files-hint = { $film ->
    [0] Højst { $files } filer på højst { $megabytes } MB hver.
   *[other] Højst { $files } filer på højst { $megabytes } MB hver, film højst { $film } MB.
}
files-send = Rens og gem filerne
files-progress = Så langt er vi med dine filer
files-list = Dine filer
check-fault-none = Du har ikke valgt nogen filer. Tryk på feltet med filer, vælg dem, og tryk så på »Rens og gem filerne«.
files-none = Ingen filer endnu. Du kan gå videre uden.
files-not-sent = Filerne er ikke sendt endnu.
check-fault-late = Din indberetning var allerede sendt, da dette kom. Det er ikke kommet med. Du kan sende filer i din sag
files-removed = { $total ->
    [one] 1 skjult oplysning er fjernet. Du kan se hvilken, før du sender.
   *[other] { $total } skjulte oplysninger er fjernet. Du kan se hvilke, før du sender.
}
files-warned = Der er noget i den, som du selv skal se efter, før du sender. Du kan se hvad, før du sender.
files-continue = Fortsæt uden flere filer
files-wait = Tryk først på »{ files-send }«, og vent, til alle dine filer står på listen, før du går videre. Store filer tager tid, især over Tor.
progress-nothing = Lige nu er ingen fil på vej eller ved at blive renset.
progress-receiving = { $percent } % af dine filer er nået frem{ $megabytes ->
    [0] .
   *[other] {" "}({ $megabytes } MB).
}
progress-waiting = Hele filen er nået frem. Den venter på at blive renset.
progress-cleaning = Filen bliver renset.
progress-again = Se efter igen

## Filer

file-cleaned = Renset
file-refused = Ikke med
file-removed = { $total ->
    [one] Vi fandt og fjernede 1 skjult oplysning:
   *[other] Vi fandt og fjernede { $total } skjulte oplysninger:
}
file-removed-short = { $total ->
    [one] 1 skjult oplysning er fjernet.
   *[other] { $total } skjulte oplysninger er fjernet.
}
file-nothing = Vi fandt ingen skjulte oplysninger, vi kunne fjerne.
file-changes-short = Noget er anderledes i den rensede fil.
file-warnings-short = Der er noget, du selv skal tjekke.
file-remove-all = Fjern dem alle
files-short = Tryk på et navn for at se, hvad vi fandt i filen, eller for at fjerne den.
file-stays-pictures = Alt, hvad man kan se, er der stadig: ansigter, skærme, navneskilte, spejlinger og selve stedet.
file-stays-film = Alt, hvad man kan se og høre, er der stadig: ansigter, stemmer, lyde i baggrunden og selve stedet.
file-stays-sound = Alt, hvad man kan høre, er der stadig: En stemme kan genkendes, og lyde i baggrunden kan røbe, hvor det var.
file-stays-pages = Alt, hvad man kan læse og se, er der stadig: navne, numre og ord eller mærker, som måske kun er i dit eksemplar.
file-stays-mail = Alt, hvad der står i mailen og dens filer, er der stadig, også hilsener og underskrifter.
file-stays-archives = Alt, hvad man kan læse, se og høre i hver af filerne, er der stadig.
file-stays-text = Alt, hvad man kan læse, er der stadig: navne, numre og ord, som kun få bruger.
file-changes = Det er anderledes i den rensede fil:
file-warnings = Se efter selv:
file-warned = Se filens side. Der står, hvad du skal se efter.
file-remove = Fjern
file-removed-done = Filen er fjernet. Den er slettet her.
file-flatten-text = Bekymrer noget af det dig, kan du sende billeder af siderne i stedet. Så er der kun det tilbage, man kan se. Man kan ikke længere markere ordene, søge i dem eller få dem læst højt.
file-flatten = Send som billeder
file-inside = Det gælder fil { $number } af { $total } i den, i rækkefølge efter navn:
file-problem-too-large = Filen er større, end vi kan tage imod. Prøv med en mindre fil, eller skriv det vigtigste i teksten.
file-problem-too-many = Der er allerede så mange filer, som vi kan tage imod. Fjern en anden, eller skriv det vigtigste i teksten.
file-problem-no-room = Der er ikke plads til flere filer lige nu. Teksten kan stadig sendes. Prøv igen med filen senere.
file-problem-busy = Mange sender filer lige nu. Denne blev ikke renset og er ikke gemt. Prøv igen om et par minutter, eller send teksten uden den.
file-problem-failed = Noget gik galt hos os, mens filen blev renset. Den er ikke gemt. Prøv igen, eller send teksten uden den.

## Det, vi fandt i en fil

finding-location = { $count ->
    [one] 1 oplysning om sted
   *[other] { $count } oplysninger om sted
}
finding-device = { $count ->
    [one] 1 oplysning om kamera, telefon eller andet udstyr
   *[other] { $count } oplysninger om kamera, telefon eller andet udstyr
}
finding-people = { $count ->
    [one] 1 navn på en person eller virksomhed
   *[other] { $count } navne på personer eller virksomheder
}
finding-dates = { $count ->
    [one] 1 dato eller klokkeslæt
   *[other] { $count } datoer eller klokkeslæt
}
finding-software = { $count ->
    [one] 1 oplysning om program eller styresystem
   *[other] { $count } oplysninger om programmer eller styresystemer
}
finding-descriptions = { $count ->
    [one] 1 titel eller beskrivelse
   *[other] { $count } titler eller beskrivelser
}
finding-identifiers = { $count ->
    [one] 1 nummer, som kan genkendes
   *[other] { $count } numre, som kan genkendes
}
finding-hidden-pictures = { $count ->
    [one] 1 skjult billede, fx en lille kopi
   *[other] { $count } skjulte billeder, fx små kopier
}
finding-embedded-files = { $count ->
    [one] 1 fil gemt inde i filen
   *[other] { $count } filer gemt inde i filen
}
finding-comments = { $count ->
    [one] 1 kommentar eller note
   *[other] { $count } kommentarer eller noter
}
finding-history = { $count ->
    [one] 1 ældre eller slettet del
   *[other] { $count } ældre eller slettede dele
}
finding-signatures = { $count ->
    [one] 1 digital underskrift eller et bevis for ophav
   *[other] { $count } digitale underskrifter eller beviser for ophav
}
finding-links = { $count ->
    [one] 1 link, måske et, der selv går på nettet
   *[other] { $count } links, måske nogle, der selv går på nettet
}
finding-scripts = { $count ->
    [one] 1 lille program, som kunne køre, når filen åbnes
   *[other] { $count } små programmer, som kunne køre, når filen åbnes
}
finding-form-data = { $count ->
    [one] 1 felt fra en formular
   *[other] { $count } felter fra en formular
}
finding-colour-profiles = { $count ->
    [one] 1 farveprofil, som kan pege på udstyret
   *[other] { $count } farveprofiler, som kan pege på udstyret
}
finding-stray-bytes = { $count ->
    [one] 1 stykke data, som ikke hører til filen
   *[other] { $count } stykker data, som ikke hører til filen
}
finding-other = { $count ->
    [one] 1 anden skjult oplysning
   *[other] { $count } andre skjulte oplysninger
}

## Det, der er anderledes i den rensede fil

change-hdr-layer-removed = Billedet kan se mindre lyst ud på en HDR-skærm.
change-motion-removed = Billedet bevæger sig ikke længere.
change-comments-removed = Teksten i kommentarer er væk.
change-form-flattened = Felter kan ikke længere udfyldes. Det, der stod i dem, kan stadig ses.
change-links-removed = Links virker ikke længere. Deres tekst står der stadig.
change-embedded-files-removed = Filer, som lå inde i filen, er væk.
change-multimedia-removed = Lyd, film og 3D inde i filen er væk.
change-signatures-removed = Digitale underskrifter gælder ikke længere. Det, man kunne se af dem, er der stadig.
change-accessibility-tags-removed = Mærker, som hjælper skærmlæsere, er væk.
change-colours-changed = Farver kan se anderledes ud: farveprofilen kunne ikke skrives om.
change-flattened = Kun billeder af filen er tilbage: man kan ikke længere markere ordene, søge i dem eller få dem læst højt.
change-formulas-as-text = Formler i tabellen regner ikke længere. De står der som tekst med ' foran.
change-formulas-stopped = Nogle formler regner ikke længere. Det, de viste, står der stadig.
change-animations-removed = Lysbilleder bevæger sig ikke længere. Alt på dem vises på én gang.
change-speaker-notes-removed = Noter, som kun taleren ser, er væk.
change-looks-removed = Farver, skrift og opsætning er væk. Ordene står der stadig.
change-parts-removed = Undertekster, billeder og andet, som hentes udefra, eller som vi ikke kan rense, er væk.
change-hidden-text-removed = Ord, som siden ikke viste, er væk.
change-tracked-changes-accepted = Sporede ændringer er gennemført: det slettede er væk, det tilføjede er almindelig tekst.
change-mail-headers-removed = Afsender, modtager, emne og tidspunkt er væk. Kun mailens egen tekst og dens filer er tilbage. Skriv selv, hvem der skrev til hvem og hvornår, hvis det ikke peger på dig.
change-fonts-replaced = Bogstaver kan se anderledes ud: sjældne skrifttyper er erstattet.
change-names-replaced = Filerne hedder nu 1, 2, 3 og så videre, og der er ingen mapper.

## Det, kun et menneske kan vurdere

warning-invisible-characters = I teksten er der tegn, som ikke kan ses. De kan vise, hvem der fik netop den udgave.
warning-lookalike-letters = I teksten er der bogstaver, som ligner andre. De kan vise, hvem der fik netop den udgave.
warning-hidden-text = Filen har tekst, som ikke kan ses, fx under en sort bjælke. Den er der stadig.
warning-hidden-layers = Filen har lag, som er slået fra. De er der stadig.
warning-hidden-parts = Filen har dele, som de fleste programmer ikke viser. De er der stadig.
warning-cropped-area = Dele af billedet ligger uden for det, man ser. De er der stadig.
warning-covered-content = Ord eller dele af et billede ligger under en bjælke. De er der stadig og kan findes frem.

## Indberetning: det hele en gang til

check-title = Se det hele igennem
check-step = Trin { $steps } af { $steps }
check-lead = Intet er sendt endnu. Se efter navne, datoer og detaljer, som kun få kender.
check-not-sent = Her er kladden, som koden hører til. Den er ikke sendt endnu. Har du fået koden af en anden, så send ikke denne, men begynd på din egen.
check-not-sent-code = Koden holder op med at virke, så snart du ændrer noget eller sender. Vil du holde pause igen, så få en ny.
check-text = Dine svar
check-change = Ret
case-revealing-send = Send den, som den er
check-revealing = Det her kan vise, hvem du er. Vil du have det med?
check-revealing-guess = Det er kun et gæt. Vi finder ikke alt, og vi gemmer ikke gættet.
revealing-cpr-number = Ligner et CPR-nummer:
revealing-telephone = Ligner et telefonnummer:
revealing-mail = Ligner en mailadresse:
revealing-street = Ligner en adresse:
revealing-name = Ligner dit navn:
revealing-only-one = Kan pege på én person:
check-files = Dine filer
check-files-look = Filnavnene ser kun du. Det, man kan se eller læse i filerne, er der stadig. Se dine egne filer igennem, før du sender.
check-files-none = Ingen filer er med.
check-files-add = Tilføj filer
check-send-title = Send
check-send-text = Når du har sendt, kan du ikke rette det, men du kan skrive mere. Du får en kode på næste side. Hav papir og blyant klar.
check-send = Send indberetning
check-long = Giv mig en længere kode: { $long } cifre i stedet for { $short }
check-long-why = { $short } cifre er nok for de fleste. { $long } beskytter også, hvis nogen stjæler portalens server med alt, hvad der er på den.
check-fault-too-many = Du valgte mere end { $files } filer. Vi tog dem, der står herunder, og ikke resten. Fjern dem, du kan undvære, eller send resten i en besked senere
check-fault-not-flat = Vi kunne ikke lave filen om til billeder. Den rensede fil er der stadig. Du kan fjerne den og sende skærmbilleder i stedet
check-fault-changed = Filerne er ikke længere dem, siden viste, måske fordi du har et andet vindue åbent. Intet er sendt. Se dem igennem, og send igen
check-fault-too-much = Sagen har i dag fået så mange beskeder og filer, som vi kan tage imod. Intet er sendt. Prøv med færre, eller prøv igen i morgen
check-fault-late-case = Filerne, der stod på listen, er sendt fra et andet vindue. De, der var på vej, er ikke kommet med. Vælg dem igen
check-fault-broken-off = Forbindelsen blev afbrudt. Filerne på listen her er kommet igennem. Vælg resten igen. Vælger du dem alle, kommer ingen til at ligge der to gange
check-fault-nothing = Der var ikke noget at sende. Filer, du har sendt, står i sagen. Andre må du vælge igen
check-fault-not-sent = Din indberetning er ikke sendt endnu: vi blev afbrudt. Intet er gået tabt. Send den igen
later-title = Gem, og fortsæt senere
later-not-sent = Indberetningen er ikke sendt endnu. Whistleblowerenheden kan ikke læse den, men det kan den, der har koden.
later-what = Du er ikke færdig: Tryk på »{ later-get }« nederst, før du lukker browseren. Du får en kode til kladden. Med den kan du gå videre fra en anden browser eller et andet sted. Når du sender, får du en anden kode, som er til sagen. Så virker denne ikke mere.
later-get = Giv mig en kode
later-found = Den, der finder koden hos dig, kan læse kladden.
later-write = Skriv koden på papir, eller gem den et sted, som kun du kan komme til. Vi kan ikke finde den frem, når browseren er lukket.
later-code = Koden til din kladde
later-ends = Den virker, til du har åbnet kladden med den og ændret noget.
later-until = Har du ikke sendt kladden, bliver den slettet efter { $day }. Hver gang du gemmer noget, bliver den gemt længere.
later-now = Når du holder pause
later-close = Luk browseren. Kom tilbage til forsiden, vælg »{ front-return }«, og skriv koden.
later-on = Fortsæt med det samme
later-link = Gem, og fortsæt senere
check-missing = Mangler
check-answer = Svar
check-unanswered = Ikke besvaret
check-identity = Kommer til at stå på en side for sig.
check-fault-incomplete = Der mangler et svar: { $question }
check-fault-too-few-readers = Der er for få tilbage til at læse indberetningen, når de, du har valgt, ikke må se den. Intet er sendt. Vælg færre, eller brug en anden vej
check-fault-nobody = Der er lige nu ingen, som kan tage imod din indberetning. Den er ikke sendt. Prøv igen senere

## Kvittering

receipt-title = Vi har modtaget din indberetning
receipt-page = Kvittering
receipt-keep = Gem din kode nu
receipt-lost = Vi kan ikke finde den frem igen, og uden den kan du ikke læse vores svar.
receipt-how = Skriv den på papir, eller gem den et sted, som kun du har adgang til.
receipt-open = Indtil du har skrevet koden herunder, kan du, og andre i samme browser, åbne siden igen til og med { $day }. Efter »{ frame-leave }« kan den ikke åbnes, og som regel heller ikke, når browseren har været lukket. Koden virker stadig.
receipt-late = Indberetningen var allerede sendt, da du tilføjede mere på en anden side. Det, du tilføjede, er ikke med. Gem først koden. Log så ind med den, og send resten som en besked.
receipt-again = Skriv koden her, så vi begge ved, at du har den
receipt-again-hint = Mellemrum betyder ikke noget.
receipt-fault-empty = Skriv koden i feltet, så vi begge ved, at du har den
receipt-fault-other = Det er ikke den samme kode. Tjek cifrene, og skriv den igen
receipt-kept = Jeg har gemt koden
receipt-found = Den, der finder koden hos dig, kan læse din sag. En udskrift er også et spor.
receipt-next = Det sker der nu
receipt-acknowledged = Dette er vores kvittering: Den bekræfter, at vi har modtaget din indberetning.
receipt-next-read = Vi læser den og vurderer, hvad der skal gøres.
receipt-next-questions = Vi kan stille dig spørgsmål. Log ind med koden efter en uges tid, og se efter. Er du anonym, kan vi kun nå dig her.
receipt-next-feedback = Senest den { $day } skal du have en tilbagemelding: hvad vi har gjort eller vil gøre, og hvorfor.
receipt-over = Kvitteringen er lukket
receipt-over-why = Det bliver den, når koden er skrevet rigtigt, og når tiden er gået. Indberetningen er sendt, og koden virker stadig.
receipt-over-do = Vil du være sikker på, at du har den rigtige kode, så log ind med den.
receipt-code = Din kode
complaint = Er du utilfreds med det, vi gør, kan du skrive det i sagen. Du kan også indberette det samme til Den Nationale Whistleblowerordning (whistleblower.dk). Er { $organisation } en offentlig myndighed, kan du klage til Folketingets Ombudsmand (ombudsmanden.dk). Datatilsynet (datatilsynet.dk) behandler klager over, hvordan vi bruger oplysninger om dig.
receipt-copy = Hvis du vil have en kopi
receipt-copy-print = Udskriv siden med din browser. Gør det ikke på arbejdet: Printere husker, hvad der blev skrevet ud.
receipt-copy-file = En fil bliver liggende på din enhed, til du sletter den. Hent den kun på en enhed, som ingen andre bruger.
receipt-copy-take = Hent kvitteringen som tekst
kept-title = Godt. Du har din kode
kept-lead = Din indberetning er sendt, og kvitteringen kan ikke vises igen.
kept-close = Luk nu browseren
kept-close-tor = I Tor Browser: Vælg »Ny identitet« (New Identity), eller luk den helt.
kept-close-other = I andre browsere: Luk alle vinduer, og slet dagens historik, cookies og browserens midlertidige filer (cache). Dit net kan stadig have set, at du var her.
kept-back = Kom tilbage om en uges tid
kept-back-text = Log ind med koden for at se, om vi har spurgt om noget eller svaret.
kept-sign-in = Log ind med koden

## Kom tilbage med koden

code-title = Skriv din kode
code-signed-in = Du er logget ind. Gå til din sag
code-lead = Så kan du se svar, svare på spørgsmål og sende mere. Har du gemt en kladde, så skriv koden til den.
code-label = Kode
code-hint = { $short } eller { $long } cifre. Mellemrum og streger betyder ikke noget.
code-nothing = Der er ingen kladde og ingen kvittering åben i denne browser. Har du sendt en indberetning, så log ind med koden.
code-open = Se min sag
code-fault-length = { $found ->
    [0] Skriv koden. Den har { $short } eller { $long } cifre
   *[other] En kode har { $short } eller { $long } cifre. Du har skrevet { $found }. Tjek cifrene, og prøv igen
}
code-fault-character = Brug kun tal. Tjek koden, og prøv igen
code-fault-unknown = Vi kender ikke den kode. Tjek cifrene, og prøv igen. Måske er den skiftet. Hører den til en kladde, kan kladden være slettet, eller koden brugt
code-fault-busy = Mange logger ind lige nu. Vent et par minutter, og prøv igen
code-fault-other-draft = Koden hører til en kladde, men i denne browser er der en anden indberetning eller noget til en sag, som ikke er sendt. Send det først. Indberetningen kan du også gemme med »{ later-link }«. Luk derefter browseren, og prøv igen
code-fault-receipt = Koden hører til en kladde. Men her i browseren er en kvittering åben. Åbn den, og skriv koden fra den i feltet dér. Prøv så igen her
code-lost = Jeg har mistet min kode
code-lost-text = Så kan hverken du eller vi finde sagen frem for dig. Du kan sende en ny indberetning og skrive, at du har indberettet før.
waiting-title = Vi arbejder på det
waiting-text-sign-in = Mange logger ind lige nu. Du står i kø. Lad siden stå åben. Det er ikke en fejl.
waiting-text-send = Din indberetning er ved at blive sendt. Mange sender lige nu, og du står i kø. Lad siden stå åben, så viser den din kode til sidst. Det er ikke en fejl.
waiting-text-keep = Du er ved at få en kode. Mange bruger portalen lige nu, og du står i kø. Lad siden stå åben. Det er ikke en fejl.
waiting-text-code = Din nye kode er ved at blive lavet. Mange beder om en lige nu, og du står i kø. Lad siden stå åben. Det er ikke en fejl. Din gamle kode virker stadig.
waiting-seconds = { $seconds ->
    [one] Siden prøver igen af sig selv om 1 sekund.
   *[other] Siden prøver igen af sig selv om { $seconds } sekunder.
}
waiting-link = Sker der ikke noget? Prøv igen her

## Sagen

case-title = Din sag
case-number = Sag
case-received = Modtaget
case-feedback = Tilbagemelding senest
case-now-reading = Vi har din indberetning og det, du har skrevet. Du behøver ikke at gøre noget nu.
case-now-unsent = Du har noget her, som ikke er sendt endnu.
case-now-new-code = Din nye kode er ikke klar endnu.
case-now-asked = Vi har stillet et spørgsmål, som du ikke har svaret på.
case-now-answered = Vi har skrevet til dig. Læs det nedenfor, og svar, når det er trygt for dig.
case-now-after-feedback = Du har fået tilbagemelding. Vi læser det, du har skrevet siden.
case-now-closed = Sagen er afsluttet.
case-to-news = Gå til det nye
case-timeline = Sådan går det med sagen
case-received-on = { $day }: Vi fik din indberetning.
case-acknowledged-on = { $day }: Du fik en kvittering.
case-feedback-on = { $day }: Du fik tilbagemelding.
case-feedback-by = Senest { $day }: Du får tilbagemelding om, hvad vi har gjort eller vil gøre, og hvorfor.
case-feedback-late = Senest { $day } skulle du have haft tilbagemelding. Vi er for sent på den, og det er ikke din fejl.
case-closed = Sagen er afsluttet.
case-wishes = Hvis vi ikke skal skrive til dig
case-policy = Politik for sagen
case-policy-of = den, der gælder fra { $day }
case-last = Før dette besøg blev koden sidst brugt
case-sent = Din besked er sendt. Du kan ikke rette den, men du kan skrive mere.
case-files-sent = { $files ->
    [0] Filerne er sendt.
    [one] Én fil er sendt.
   *[other] { $files } filer er sendt.
}
case-files-waiting = { $files ->
    [one] Én fil er renset, men ikke sendt endnu.
   *[other] { $files } filer er renset, men ikke sendt endnu.
}
case-noted = Det er sendt og står nederst i sagen.
case-new-code = Den nye kode virker ikke, før du har skrevet den i feltet. Indtil da virker kun den gamle.
case-new-code-link = Skriv den nye kode, eller behold den gamle
case-noted-only = Dit svar er sendt. Din besked er ikke sendt: Den står i feltet »Skriv til os«. Tryk på »Send besked«.
case-again = Er der ikke noget nyt, så kig forbi igen om en uges tid. Du må gerne kigge før. Svar kun, når det er trygt for dig.
case-reprisals = Bliver du behandlet dårligere på grund af indberetningen, eller truer nogen med det? Det forbyder loven. Skriv det her: hvad der skete, og hvornår.
case-to-protection = Sådan er du beskyttet
contact-text = Du kan bede os om at lade være. Det, loven kræver, kommer her alligevel: tilbagemeldingen, grunden, hvis vi afviser sagen, og som regel en besked, før en myndighed får at vide, hvem du er. Kig derfor stadig forbi.
contact-unwanted = Skriv ikke til mig
contact-is-unwanted = Du har bedt os om ikke at skrive til dig.
contact-wanted = I må gerne skrive til mig igen
case-write = Skriv til os
case-write-hint = Skriv ikke noget, der afslører dig, hvis du vil være anonym. Vil du tale med os, så skriv det her. Åbner du en anden side herfra, står beskeden her stadig, når du kommer tilbage. Højst { $limit } tegn.
case-kept = Det her er ikke sendt endnu. Det er gemt til og med { $day }, og kun denne browser kan åbne det.
case-send = Send besked
case-to-files = Send filer
case-to-answer = Svar
case-to-identity = Fortæl, hvem du er, eller tag det tilbage
case-files-title = Send filer til sagen
case-files-back = Til sagen
case-files-look = Se filerne igennem, og send dem
case-files-not-sent = Intet er sendt endnu. Filerne venter krypteret på portalen til og med { $day }. Kun denne browser kan åbne dem. Lukker du den, må du som regel vælge dem igen.
case-files-send-text = Det, der er sendt, kan ikke tages tilbage.
case-files-send = { $files ->
    [one] Send filen
   *[other] Send de { $files } filer
}
case-files-none = Der er ingen filer her, som ikke er sendt.
case-files-wait = Tryk først på »{ files-send }«, og vent, til alle dine filer står på listen. Det sender dem ikke: Du ser dem først igennem på næste side. Store filer tager tid, især over Tor.
check-fault-other-case = Du har logget ind med en anden kode i et andet vindue. Ingen af filerne er kommet med. Log ind igen med koden til den sag, de hører til
case-files-to-reporter = Indberetteren kan se og hente det, du sender. Dine filer bliver renset som alle andre her: De har ingen skjulte navne, steder eller tidspunkter, og intet i dem fortæller jer, hvem der åbner dem, eller hvor.
identity-told = Det har du fortalt os
identity-none = Intet. Her har du ikke fortalt, hvem du er.
identity-tell = Fortæl, hvem du er
identity-anew = Ret det
identity-send = Send til whistleblowerenheden
identity-done-sent = Whistleblowerenheden kan nu se det.
identity-done-taken-back = Du har taget det tilbage. Det er slettet her.
identity-back = Tag det tilbage
identity-back-text = Du kan tage det tilbage. Så sletter vi det her. Den, der allerede har læst det, kan huske det, og er det givet videre med dit ja, kan vi ikke hente det tilbage.
identity-fault-empty = Felterne er tomme, så vi har ikke ændret noget. Skriv mindst ét af dem
identity-fault-still-told = Det, du har fortalt før, er her stadig: Tomme felter fjerner det ikke. Vil du have det væk, så tryk på »{ identity-back }«
identity-unsent = Det, du har skrevet her, er ikke sendt.
identity-still-in = Du er stadig logget ind.
identity-leave = Gå videre uden at sende det
identity-fault-too-much = Sagen har i dag fået så mange beskeder og filer, som vi kan tage imod. Intet er ændret. Prøv igen i morgen
case-leave = Når du er færdig
case-leave-text = Log ud, og luk browseren. I Tor Browser: Vælg »Ny identitet« (New Identity).
case-leave-anyway = Log ud alligevel
new-code-when = Var det ikke dig, der brugte koden sidst, har nogen set den, eller vil du have en længere?
new-code-title = Skift koden
new-code-lead = Du får en ny kode til den samme sag. Alt andet er, som det var.
new-code-how = Vi viser dig den nye kode, og du skriver den i feltet. Først derefter holder den gamle op med at virke. Hav papir og blyant klar.
new-code-make = Lav en ny kode
new-code-write = Skriv din nye kode ned
new-code-not-yet = Den virker ikke endnu. Behold den gamle kode, til du har skrevet den nye i feltet.
new-code-again = Du kan åbne siden igen, så længe du er logget ind. Derefter kan vi ikke finde koden frem for dig.
new-code-use = Brug den nye kode fra nu af
new-code-drop = Behold den gamle kode
new-code-fault-wrong = Det er ikke den nye kode. Tjek cifrene, og skriv den igen
new-code-fault-busy = Mange beder om en kode lige nu. Din gamle kode virker stadig. Vent et par minutter, og prøv igen
new-code-changed = Din nye kode virker
new-code-changed-old = Den gamle kode åbner ikke noget mere. Ødelæg det, du skrev den på.
new-code-changed-others = Andre, som var logget ind med den gamle kode, er logget ud. Du er stadig logget ind.
new-code-unsure = Det sker af sig selv, når der ikke er sket noget i et stykke tid. Derfor kan vi ikke se her, om din kode blev skiftet.
new-code-unsure-try = Log ind med den nye kode. Kender vi den ikke, blev den ikke skiftet, og den gamle virker stadig. Behold begge, til du ved det.
message-fault-revealing = Beskeden er ikke sendt endnu. Det herunder kan vise, hvem du er. Ret det, eller send den, som den er
message-fault-empty = Skriv en besked
message-fault-too-long = Beskeden er på { $found } tegn og er ikke sendt. Forkort den til højst { $limit }
message-fault-too-much = Sagen har i dag fået så mange beskeder og filer, som vi kan tage imod. Det blev ikke sendt. Prøv igen i morgen
message-fault-too-much-not-kept = Sagen har i dag fået så mange beskeder og filer, som vi kan tage imod. Det blev ikke sendt, og det kan ikke vente her. Kopiér det, du har skrevet, og prøv igen i morgen
message-fault-unsent = Du er ikke logget ud endnu: Der er noget, du ikke har sendt. Send det, eller log ud alligevel. Det, du ikke har sendt, ligger her stadig, når du logger ind igen i denne browser
message-fault-new-code = Du er ikke logget ud endnu: Den nye kode virker ikke, før du har skrevet den i feltet på siden »{ new-code-title }«. Kun den gamle virker
message-fault-another = I et andet vindue har du skrevet noget andet, som venter på at blive sendt. Send det her, før du går videre, eller kopiér det
message-fault-not-kept = Beskeden er ikke sendt, og den kan ikke vente her lige nu. Send den, før du går til en anden side
dialogue-title = Beskeder
dialogue-older = Ældre beskeder
dialogue-newest = De nyeste beskeder
dialogue-own = Dig
dialogue-reporter = Indberetter
dialogue-unit = Whistleblowerenheden
dialogue-new = Ny
what-question = Spørgsmål til dig
what-feedback = Tilbagemelding
what-meeting = Forslag om et møde
what-minutes = Referat, som du kan rette eller godkende
reply-meeting-accepted = Jeg kommer
reply-meeting-declined = Jeg kommer ikke
reply-minutes-approved = Referatet er rigtigt
reply-minutes-wrong = Noget er forkert
reply-words-meeting = Passer tid eller sted ikke, så skriv det i en besked. På et møde kan vi se eller høre, hvem du er.
reply-words-minutes = Er noget forkert, så tryk først på knappen, og skriv bagefter i en besked, hvad der skal rettes.
event-identity-given = Indberetteren har fortalt, hvem det er. Det står på en side for sig.
event-identity-withdrawn = Indberetteren har taget sit navn tilbage. Det er slettet her.
event-contact-unwanted = Skriv kun til indberetteren, når loven kræver det: tilbagemelding, grunden til en afvisning, eller besked, før en myndighed får at vide, hvem det er.
event-contact-wanted = Det er igen i orden at skrive.
event-meeting-accepted = Ja til mødet.
event-meeting-declined = Nej til mødet.
event-minutes-approved = Referatet er godkendt.
event-minutes-wrong = Indberetteren siger, at noget i referatet er forkert.
event-about = Se det, der blev skrevet { $day }.
event-own-identity-given = Du fortalte, hvem du er.
event-own-identity-withdrawn = Du trak dine oplysninger om dig selv tilbage. De er slettet her.
event-own-contact-unwanted = Du bad os om ikke at skrive til dig.
event-own-contact-wanted = Du sagde, at vi gerne må skrive igen.
event-own-meeting-accepted = Du kommer til mødet.
event-own-meeting-declined = Du kommer ikke til mødet.
event-own-minutes-approved = Du har godkendt referatet.
event-own-minutes-wrong = Du har sagt, at noget i referatet er forkert. Skriv i en besked, hvad der skal rettes.
signed-out-title = Du er logget ud
signed-out-text = Siden kan stadig stå i browserens historik.
signed-out-draft = En indberetning, som ikke er sendt, er stadig åben i denne browser. Den gemmes til og med { $day }.
signed-out-draft-link = Fortsæt med den
signed-out-receipt = Kvitteringen for en indberetning er stadig åben i denne browser, fordi du ikke har skrevet koden i feltet. Den gemmes til og med { $day }.
signed-out-receipt-link = Åbn kvitteringen
signed-out-unsent = Der er noget til en sag, som ikke er sendt. Log ind igen i denne browser for at sende det. Lukker du den, er det som regel væk.
signed-out-unsent-code = Det vises kun for den, der logger ind med koden til sagen. Skal det ikke vente her, så klik på »{ frame-leave }« øverst. Så er det væk.
signed-out-leave = Andre, som bruger denne browser, kan også åbne den. Hvis du ikke vil have det, så klik på »{ frame-leave }« øverst. Det, der ikke er sendt, eller som du ikke har gemt koden til, er så væk.

## Når man snart bliver logget ud, på sider med en formular

session-end = Du bliver logget ud, når du ikke har åbnet en side i { $minutes } minutter.
session-last = { $minutes ->
    [one] Du bliver logget ud om højst 1 minut, uanset hvad du gør. Bliv færdig inden.
   *[other] Du bliver logget ud om højst { $minutes } minutter, uanset hvad du gør. Bliv færdig inden.
}
session-soon = Har siden stået åben i { $after } minutter? Så bliver du logget ud om { $left } minutter. Det, du har skrevet, bliver stående her.
session-go-on = Bliv logget ind
session-title = Så længe er du logget ind
session-over = Du er allerede logget ud. Det, du skrev, står stadig på siden: kopiér det, log ind igen, og sæt det ind.

## Log ind for sagsbehandlere

handler-title = Log ind som sagsbehandler
handler-secrecy = Du har tavshedspligt: Du må ikke fortælle andre, hvem der indberetter eller er omtalt, eller hvad der står i en indberetning.
handler-name = Navn
handler-password = Adgangskode
handler-code = Engangskode
handler-code-hint = De 6 cifre, som din app viser nu
handler-sign-in = Log ind
handler-help = Virker det ikke, så spørg den, der driver portalen. Ingen kan finde din adgangskode frem.
handler-fault-wrong = Navn, adgangskode eller engangskode passer ikke. Vent på en ny engangskode, og prøv igen
handler-signed-out = Luk browseren, hvis andre bruger computeren. Filer, du havde valgt, men ikke sendt, er væk.

## Ny sagsbehandler

enrol-title = Gør din adgang klar
enrol-lead = Du er inviteret som { $name }. Vælg en adgangskode, og forbind en app med engangskoder. Gør det færdigt i den samme browser. Linket virker kun én gang.
enrol-password-title = 1. Vælg en adgangskode
enrol-password-text = Den åbner din nøgle til sagerne. Ingen kan finde den frem for dig. Brug den ikke andre steder.
enrol-password = Adgangskode
enrol-password-hint = Mindst { $minimum } tegn. Flere ord efter hinanden er lettere at huske.
enrol-repeated = Adgangskoden igen
enrol-app-title = 2. Forbind en app
enrol-app-text = Åbn en app til engangskoder på din telefon. Scan QR-koden, eller skriv nøglen.
enrol-qr = QR-kode med nøglen, som også står herunder
enrol-secret = Nøglen
enrol-code-hint = De 6 cifre, som appen viser nu
enrol-finish = Gør adgangen klar
enrol-fault-too-short = Adgangskoden skal have mindst { $minimum } tegn. Skriv den igen
enrol-fault-too-long = Adgangskoden er for lang. Skriv en kortere
enrol-fault-differs = De to adgangskoder er ikke ens. Skriv dem igen
enrol-fault-wrong-code = Engangskoden passer ikke. Skriv adgangskoden igen, og den kode appen viser nu
enrolled-title = Din adgang er klar
enrolled-ready = Du er den første modtager. Du kan logge ind og læse indberetninger. Er portalen ikke åbnet endnu, så viser listen over sager vejen.
enrolled-wait = Du kan logge ind. Du får først sager, når den første modtager har bekræftet din nøgle. Aftal en tid, hvor I sammenligner den i telefonen. Dit fingeraftryk står under »Kolleger«.
enrolled-keep = Pas på adgangskoden og appen. Mister du adgangskoden, mister du også din adgang til de sager, du har.
no-link-title = Linket virker ikke mere
no-link-text = Det er brugt, det er for gammelt, eller der er lavet et nyere. Har du hverken brugt det eller fået et nyere, kan en anden have brugt det. Sig det straks.
no-link-do = Bed den, der driver portalen, om et nyt link.

## Indbakke

inbox-title = Sager
inbox-table = De sager, du kan læse
inbox-turn = Tilstand
inbox-ours = Nyt fra indberetter
inbox-answered = Besvaret
inbox-late = – fristen er overskredet
inbox-soon = – snart
inbox-empty = Du har ingen sager. Nye indberetninger kommer her.
inbox-pages = Sider
inbox-previous = Forrige side
inbox-next = Næste side
inbox-open = Portalen er ikke åbnet endnu
inbox-open-link = Se, hvad der skal være på plads
inbox-vouch = { $count ->
    [one] 1 kollega venter på, at du bekræfter en nøgle
   *[other] { $count } kolleger venter på, at du bekræfter deres nøgler
}
inbox-vouch-link = Se kolleger og nøgler

## En sag for sagsbehandlere

handler-case = Sag { $number }
answer-sent = Dit svar er sendt. Indberetteren ser det ved næste besøg.
answer-label = Svar indberetteren
answer-hint = Spørg ikke om noget, der tvinger indberetteren til at røbe sig. Højst { $limit } tegn.
answer-unwanted = Indberetteren har bedt om ikke at blive skrevet til. Skriv kun det, loven kræver: tilbagemelding, grunden til en afvisning, eller besked, før en myndighed får at vide, hvem det er
answer-what = Hvad skriver du?
answer-what-message = En besked
answer-what-question = Et spørgsmål
answer-what-feedback = Tilbagemelding: hvad I har gjort eller vil gøre, og hvorfor
answer-what-meeting = Et forslag om tid og sted for et møde
answer-what-minutes = Et referat, som indberetteren kan rette eller godkende
answer-send = Send svar
answer-to-files = Send filer til indberetteren
about-title = Om sagen
about-state = Tilstand
about-acknowledged = Kvittering givet
about-late = Overskredet
about-feedback-on = Givet { $day }
about-feedback = En tilbagemelding fortæller, hvad I har gjort eller vil gøre, og hvorfor. Er I ikke færdige, så skriv det inden fristen, og sig, hvornår I skriver igen.
about-secrecy = Du har tavshedspligt om, hvem der har indberettet, hvem der er omtalt, og hvad der står i indberetningen.
handler-identity = Hvem indberetteren er
handler-identity-secrecy = Du må kun fortælle andre, hvem der har indberettet, med udtrykkeligt samtykke, eller til en anden offentlig myndighed for at gribe ind over for lovbrud eller sikre en berørt persons forsvar. I det andet tilfælde skal indberetteren have skriftlig og begrundet besked først, medmindre det ville skade undersøgelsen eller en retssag (§ 26).
handler-identity-none = Indberetteren har ikke fortalt det. Forsøg ikke at finde ud af det.
handler-identity-link = Se, hvem indberetteren er
handler-identity-why = Åbn kun siden, hvis du har brug for det.
state-acknowledged = Åben
state-closed = Afsluttet

## Bilag for sagsbehandlere

view-title = Sikker visning
view-picture = Sikkert billede af { $label }
view-picture-hint = Billedet er lavet af portalen. Intet i filen er kørt på din computer.
view-text-hint = Teksten er vist af portalen. Intet i filen er kørt på din computer.
view-pages = Filens sider
view-previous = Forrige side
view-next = Næste side
view-page = Side { $page } af { $pages }
view-none = Denne fil kan ikke vises her. Skal den læses, må den hentes.
view-busy = Filen kan ikke vises lige nu. Er du ved at åbne en anden, så vent, til den er færdig. Prøv ellers igen om nogle minutter.
view-cut = Der er mere tekst. Den er i selve filen.
view-file = Selve filen
view-harm = Renset betyder ikke ufarlig.
view-harm-text = Skjulte oplysninger er fjernet, men filen kan stadig være lavet til at skade.
view-harm-enough = Hent den kun, hvis visningen ikke er nok.
view-harm-open = Åbn den på en computer uden forbindelse til andet.
view-harm-work = Åbn den aldrig på arbejdets udstyr.
view-trace = En fil, du henter, bliver liggende på din enhed, også når du er logget ud. Den, der overvåger dit netværk, kan se omtrent, hvor stor den er.
view-download = Hent filen
view-version = Renset med version { $version }.

## Kolleger og nøgler

opening-title = Åbn portalen
opening-lead = Portalen tager ikke imod indberetninger, før den er åbnet. Så kommer ingen til at skrive til nogen, der ikke er klar til at svare.
opening-not-yet-yours = Din nøgle er ikke bekræftet endnu. En kollega, hvis nøgle er bekræftet, åbner portalen.
opening-points = Sæt kryds ved det, der er på plads
opening-policy = Ledelsen har godkendt politikken, og den står på portalen, som den er godkendt.
opening-known = De ansatte og andre, som kan bruge ordningen, får at vide, at den findes, og hvordan de finder den.
opening-staff = De, som behandler sager, er udpeget, kender reglerne om tavshedspligt og frister, og kan logge ind. Nogen tager over ved ferie og sygdom.
opening-privacy = Oplysningerne om persondata passer hos jer, og konsekvensanalysen (DPIA) er lavet.
opening-ways = Hver adresse er prøvet fra et andet netværk end jeres eget, og telefon og andre veje til enheden virker.
opening-tried = En prøveindberetning (sluse test-report) er sendt, læst og besvaret, og en sikkerhedskopi er lagt tilbage på en anden maskine.
opening-doubts = { $count ->
    [one] Én ting ved maskinen er ikke, som den skal være.
   *[other] { $count } ting ved maskinen er ikke, som de skal være.
}
opening-status = Se driften
opening-open = Åbn for indberetninger
opening-stays = Portalen kan ikke lukkes igen herfra. Den, der har fået en adresse, skal altid kunne komme ind ad den.
opening-done = Portalen har taget imod indberetninger siden { $day }.
opening-fault = Sæt kryds ved alt, hvad der skal være på plads, før du åbner
unit-title = Kolleger
unit-lead = Kun den, hvis nøgle er bekræftet, får nye sager.
unit-table = Whistleblowerenheden
unit-name = Navn
unit-state = Tilstand
unit-fingerprint = Fingeraftryk af nøglen
unit-no-fingerprint = Ingen nøgle endnu
unit-compare = Ring først.
unit-compare-why = Lad din kollega læse sit fingeraftryk højt fra sin egen skærm. Er bare ét tegn anderledes, så bekræft ikke. Ellers kan en fremmed få nøglen til sagerne.
unit-changed = Nøglen er en anden end for et øjeblik siden. Intet blev bekræftet. Ring igen, og sammenlign. Er den stadig forkert, så sig det til den, der driver portalen
unit-differs = Det er din nøgle, men der er gemt en anden under dit navn. Nogen kan have ændret databasen. Bed dine kolleger om ikke at bekræfte den, og sig det til den, der driver portalen.
unit-vouch = Fingeraftrykket er ens: bekræft nøglen
unit-invited = Inviteret
unit-enrolled = Venter på bekræftelse
unit-vouched = Bekræftet
unit-left = Stoppet

## Drift

status-title = Drift
status-lead = Om portalen kan nås og tage imod. Der står intet her om dem, der besøger den.
status-part = Del
status-state = Tilstand
status-detail = Mere
status-is-ok = I orden
status-is-warn = Hold øje
status-is-fail = Virker ikke
status-reporter-onion = Onion-adresse for indberettere
status-handler-onion = Onion-adresse for sagsbehandlere
status-swap = Lager for hukommelse (swap)
status-review = Gennemgang af politik og DPIA
status-handlers = Sagsbehandlere
status-worker = Rensning af filer
status-database = Database
status-objects = Lager til filer
status-free-space = Ledig plads
status-connections = Plads til forbindelser
status-sweep = Oprydning
status-help = Virker noget ikke, så sig det til den, der driver portalen.

## Fejlsider

error-not-found = Siden findes ikke
error-not-found-what = Der er ikke noget på denne adresse, eller du har ikke adgang til det.
error-not-found-do = Tjek adressen, eller vælg herunder.
error-form-token = Siden var for gammel
error-form-token-what = Formularen hørte til et besøg, som er slut. Den er ikke modtaget.
error-form-token-do = Åbn siden på ny, og prøv igen. Siden skal have lov at gemme cookies, til du lukker browseren.
error-receipt = Siden var for gammel
error-receipt-what = Den hørte til et besøg, som er slut.
error-receipt-do = Har du en kode, så log ind med den for at se, om den er rigtig.
error-too-large = Det fylder for meget
error-too-large-what = Det, du sendte, fylder mere, end vi kan tage imod. Vi har ikke modtaget det hele.
error-too-large-do = Send mindre ad gangen.
error-method = Siden kan ikke åbnes sådan
error-method-what = Adressen findes, men den hører til en knap på en anden side.
error-method-do = Begynd herunder.
error-misdirected = Denne adresse er ikke vores
error-misdirected-what = Din browser spurgte efter en adresse, som portalen ikke kender. Linket kan være forkert, eller nogen kan prøve at narre dig.
error-misdirected-do = Skriv ikke noget her. Find adressen et sted, du stoler på.
error-broken-form = Vi kunne ikke læse det, du sendte
error-broken-form-what = Det nåede ikke helt frem, eller browseren sendte det på en måde, vi ikke forstår. Vi har ikke modtaget det hele.
error-broken-form-do = Prøv igen. Bliver det ved, så prøv uden filer.
error-internal = Noget gik galt hos os
error-internal-what = Fejlen er ikke din.
error-internal-do = Vent et øjeblik, og prøv igen. Bliver det ved, så kom tilbage i morgen.
error-busy = Mange bruger portalen lige nu
error-busy-what = Portalen kan ikke nå alle på én gang. Det er ikke din fejl.
error-busy-do = Vent et par minutter, og prøv igen.
error-sign-in = Log ind for at se siden
error-sign-in-what = Siden er for den, der har en kode til en sag og er logget ind.
error-sign-in-do = Log ind med koden, eller gå til forsiden.
error-session = Du er logget ud
error-session-what = Det sker også af sig selv, når der ikke er sket noget i et stykke tid. Filer, som nåede at blive renset, venter, til du logger ind igen i denne browser.
error-session-message = En besked, du forlod for at se en anden side, venter også. Andre beskeder, du ikke nåede at sende, er ikke gemt.
error-session-answer = En besked, du ikke nåede at sende, er ikke gemt.
error-session-do = Log ind igen for at fortsætte.
kept-text-title = Du er logget ud
kept-text-what = Det sker, når du logger ud i et andet vindue, når koden bliver skiftet, og når der ikke er sket noget i et stykke tid. Din besked blev ikke sendt. Den står herunder: kopiér den, log ind igen, og sæt den ind.
kept-text-other-title = Du er nu i en anden sag
kept-text-other-what = Du har logget ind med en anden kode i et andet vindue. Din besked blev ikke sendt, fordi den hører til den første sag. Den står herunder: kopiér den, log ind igen med koden til den sag, og sæt den ind.
kept-text-report-title = Siden var for gammel
kept-text-report-what = Den hørte til et besøg, som er slut, måske fordi du har logget ud eller forladt siden i et andet vindue. Det, du skrev, er ikke gemt. Det står herunder: kopiér det, begynd på en ny indberetning, og sæt det ind.
kept-text-late-title = Den var allerede sendt
kept-text-late-what = Du sendte din indberetning fra et andet vindue. Det, du har skrevet her, kom senere og er ikke med. Det står nedenfor: Kopiér det, og send det som en besked i din sag.
kept-text-fault-title = Noget gik galt hos os
kept-text-fault-what = Fejlen er ikke din. Det, du skrev, blev måske ikke gemt. Det står herunder: kopiér det, vent et øjeblik, og se, om det er der. Ellers sæt det ind igen.
kept-text-to-report = Til indberetningen
error-to-case = Til sagen
kept-text-label = Det, du skrev
kept-text-files = Filer skal vælges igen.
error-timeout = Det tog for lang tid
error-timeout-what = Forbindelsen stod stille for længe, så vi stoppede. Vi har ikke modtaget det hele.
error-timeout-do = Prøv igen. Er forbindelsen langsom, så send én fil ad gangen.
error-framed = Åbn siden igen, så ser du, hvilke af dine filer der er kommet igennem, og send de andre igen.
error-framed-again = Gå til siden for filer igen
error-unsure = Er du i tvivl om, hvad vi har af din indberetning? Se først efter i samme browser, før du sender noget igen. Linket herunder viser din kvittering, hvis den er sendt, og ellers det, der er gemt af den.
error-to-report = Min indberetning eller kvittering
error-to-front = Forsiden
error-to-cases = Til sagerne
