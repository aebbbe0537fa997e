### Everything a person reads in the portal. Short sentences, plain words.
### Promise nothing that the portal does not keep.

## The frame of every page

frame-shortcuts = Shortcuts
frame-leave = Leave this site quickly
frame-skip = Skip to the content
frame-demo = DEMO – do not use for real reports
frame-menu = Menu
frame-cases = Cases
frame-handlers = Colleagues
frame-status = System status
frame-sign-out = Sign out
frame-sign-in = Sign in with your code
frame-operator = This portal is run by { $operator }.
back = Back
back-to-report = To the report

## Faults in fields, answers and warnings

fault-label = Error:
fault-title = Something needs correcting
fault-ours = That did not work just now
done-title = Done
warning-label = Warning

## Front page

front-page = Welcome
front-title = Have you seen something at work that is not right?
front-lead = You can tell us here. You decide whether to say who you are.
front-who = It is the whistleblower unit that reads it: the people appointed to receive reports.
front-ways = With the onion address your network cannot see that you are here. With the ordinary address it can see that you are here, but not what you write.
front-work = Do not use a computer, phone or network that belongs to your work. Others there may see that you were here – and on a work computer, what you write too. Your own mobile network is all right if your employer does not pay for it.
front-arrival-onion = You are here by the portal’s onion address. Your network can see that you use Tor, but not that you are here.
front-arrival-tor-exit = You are here through Tor. It is better to use the onion address below. Then nobody on the way can see which site Tor fetches.
front-arrival-own-network = You are on the organisation’s own network. Whoever runs it can see that you are here. Close the page and come back from another network.
front-arrival-open-net = You are here over the open net. Whoever runs your network can see that you visit this site, but not what you write.
policy-versions = Versions
policy-since = This policy is in force from { $day }.
policy-before = The policy of { $day }
policy-was = This policy was in force from { $since } until { $until }. It still applies to cases that came in during that time.
front-closed = Reports cannot be received here yet. It is not your fault. Please try again another day.
front-start = Start a report
front-return = I already have a code
front-own = Use a device of your own on another network than that of your work. To hide that you visit this site, use Tor Browser.
front-guide = Read how to stay safe
front-mirror = The address to write down and type in at home:
front-onion = The address in Tor Browser:
front-what = What can you report?
front-what-text = Serious matters that you know of through your work: for example breaches of law, fraud, severe harassment or danger to others. If it is about a smaller disagreement or your own pay, talk to your manager, HR or your union representative.
front-read = Read more before you write
front-next = What happens next
front-next-code = You get a code at once. It is your receipt and your way back to the case.
front-next-questions = We may ask you questions in the case. Look in again after about a week.
front-next-feedback = Within 3 months we must give you feedback: what we have done or will do, and why.

## What an information page says where the settings say nothing

contact-unset = see the ordinary website of { $organisation }
dpo-unset = if there is one, see the ordinary website of { $organisation }

## The poster

poster-title = Poster
poster-print = Print this page and hang it up where everybody comes by. You may add who answers questions about the scheme.
poster-lead = Tell the whistleblower unit at { $organisation }. You decide whether to say who you are.
poster-mirror = On your own phone or computer
poster-onion = In Tor Browser, if your network must not see which site you visit
poster-qr = QR code of the address beside it
poster-own = Do not use a computer, phone or network that belongs to your work. Wait until you are alone.

## A stop before a report and signing in, for who sits in the organisation's own network

own-network-title = Use another network
own-network-heading = Wait: you are on a network that belongs to { $organisation }
own-network-what = Whoever runs the network can see that somebody opens this site from here, and when.
own-network-stored = We have stored nothing about your visit, but the network may have. The portal sets you no deadline for reporting.
own-network-kept = You were here before in this browser. If something is kept, you can open it from another network in the same browser until the end of the day that the page named, if the browser has not been closed. If you click “{ frame-leave }”, it can no longer be opened without a code. The network may have stored that you are here.
own-network-do = What to do instead
own-network-do-network = Use a network that does not belong to your employer, for example at home or in a library.
own-network-address = The address is
own-network-do-device = Use your own computer or phone, and preferably Tor Browser.
own-network-do-time = Consider waiting until tonight or another day.
own-network-known = Is it all right for you if it can be seen that you were here?
own-network-anyway = Continue anyway

## Report: a page for each subject

report-step = Step { $step } of { $steps }
report-fault-busy = We cannot save more drafts right now, so nothing is saved. It is not your fault. What you wrote is still here. Try again in a while
report-fault-another = In another window you answered something else here, and that is saved. What you wrote in this window is not saved. If you press again, we save it in place of the other
report-continue = Continue
answer-none = I do not want to answer this
answer-optional = (optional)
answer-limit = At most { $limit } characters.
answer-fault-missing-story = Write what happened. Without it we cannot use the report
answer-fault-missing = Answer the question. Without it the report cannot be sent
answer-fault-too-long = The answer has { $found } characters and is not saved. Shorten it to at most { $limit }
answer-fault-too-few-readers = Then too few are left to read the report. Choose fewer, or take another way, for example the National Whistleblower Scheme
report-to-check = Save and see everything
report-see = See everything
report-skip = Most questions can be skipped. The most important thing is what happened.
report-not-attached = These files are not included:
report-attached = These files are included. On the last page you see what we found in each, and can remove them.
report-elsewhere = This may belong elsewhere
report-elsewhere-ways = See where else you can go
report-elsewhere-on = Go on here all the same
report-unsaved = Nothing is saved yet. When you continue, it is saved as a draft, and the page shows for how long.
draft-page = What you write on this page is saved when you press a button or a link on the page.
draft-kept = Your draft is saved until the end of { $day }.
draft-only-here = Only this browser can open it.
draft-lost = Without a code you cannot open the draft after “{ frame-leave }”, nor, as a rule, once the browser has been closed. But some browsers open what was open. If others use the device, end with “{ frame-leave }”.
draft-code = You can also go on from another browser with the code for the draft.
draft-used = When you change something, the code for the draft stops working. Get a new one before you close the browser.
draft-used-up = If you opened the draft with a code, that code no longer works.
draft-code-link = Save and see the code
report-no-draft = There is no draft here. If you had one, its time is over, the browser was closed, or it was opened elsewhere with its code. Do you have a code for it?
report-no-draft-link = Sign in with the code
report-resumed = You have a draft in this browser. It is not sent.
report-resumed-link = See the draft
people-nobody = Nobody can be left out here. If it is about somebody who reads reports, or you are unsure, take another way. What you write on this page shuts nobody out.

## Files, while one reports

files-kinds = We can clean
and = and
files-kind-pictures = pictures
files-kind-pdf = PDF
files-kind-office = documents, spreadsheets and slides (Word, Excel, PowerPoint, OpenDocument)
files-kind-sound = sound recordings
files-kind-film = films
files-kind-mail = saved e-mails
files-kind-archives = packed files (ZIP and TAR)
files-kind-text = text (such as TXT, CSV and web pages)
files-classified = Do not send anything that is classified for the security of the state, NATO or the EU, not even “Til tjenestebrug” or “Restricted”. The law does not protect you if you do. Ordinary papers from work, confidential ones too, are something else.
files-rest = We remove hidden information such as place, name and time. What can be seen, heard or read stays. We do not store other files.
files-label = Choose files
files-hint = { $film ->
    [0] At most { $files } files of at most { $megabytes } MB each.
   *[other] At most { $files } files of at most { $megabytes } MB each, films at most { $film } MB.
}
files-send = Clean and save the files
files-progress = How far your files are
files-list = Your files
check-fault-none = You have not chosen any files. Press the field for files, choose them, and then press “Clean and save the files”.
files-none = No files yet. You can go on without.
files-not-sent = The files are not sent yet.
check-fault-late = Your report was already sent when this came. It is not part of it. You can send files in your case
files-removed = { $total ->
    [one] 1 piece of hidden information was removed. You see what before you send.
   *[other] { $total } pieces of hidden information were removed. You see what before you send.
}
files-warned = There is something in it that you should check yourself before you send. You see what it is before you send.
files-continue = Go on without more files
files-wait = First press “{ files-send }”, and wait until all your files are on the list before you continue. Large files take time, above all over Tor.
progress-nothing = Right now no file is on its way or being cleaned.
progress-receiving = { $percent } % of your files have arrived{ $megabytes ->
    [0] .
   *[other] {" "}({ $megabytes } MB).
}
progress-waiting = All of the file has arrived. It waits for its turn to be cleaned.
progress-cleaning = The file is being cleaned.
progress-again = Look again

## Files

file-cleaned = Cleaned
file-refused = Not included
file-removed = { $total ->
    [one] We found and removed 1 piece of hidden information:
   *[other] We found and removed { $total } pieces of hidden information:
}
file-removed-short = { $total ->
    [one] 1 piece of hidden information was removed.
   *[other] { $total } pieces of hidden information were removed.
}
file-nothing = We found no hidden information that we could remove.
file-changes-short = Something is different in the cleaned file.
file-warnings-short = There is something to check yourself.
file-remove-all = Remove them all
files-short = Press a name to see what we found in the file, or to remove it.
file-stays-pictures = Everything that can be seen is still there: faces, screens, name badges, reflections, the place itself.
file-stays-film = Everything that can be seen and heard is still there: faces, voices, sounds in the background, the place itself.
file-stays-sound = Everything that can be heard is still there: a voice can be recognised, and sounds in the background can reveal where it was.
file-stays-pages = Everything that can be read and seen is still there: names, numbers, and words or marks that only your copy may have.
file-stays-mail = Everything the mail says is still there, and what is in its files: greetings and signatures too.
file-stays-archives = Everything that can be read, seen and heard in each of the files is still there.
file-stays-text = Everything that can be read is still there: names, numbers, and words that only few people use.
file-changes = This is different in the cleaned file:
file-warnings = Check this yourself:
file-warned = Check it: the page of the file says what.
file-remove = Remove
file-removed-done = The file is removed. It is erased here.
file-flatten-text = If any of this worries you, you can send pictures of the pages instead. Then only what can be seen is left. Words can no longer be selected, searched or read aloud.
file-flatten = Send as pictures
file-inside = This is about file { $number } of { $total } inside it, in order of name:
file-problem-too-large = The file is larger than we can take. Try a smaller file, or write the most important part in the text.
file-problem-too-many = There are already as many files as we can take. Remove another one, or write the most important part in the text.
file-problem-no-room = There is no room for more files right now. The text can still be sent. Try the file again later.
file-problem-busy = Many people are sending files right now. This one was not cleaned and is not stored. Try it again in a few minutes, or send the text without it.
file-problem-failed = Something went wrong at our end while the file was being cleaned. It is not stored. Try again, or send the text without it.

## What we found in a file

finding-location = { $count ->
    [one] 1 piece of information about a place
   *[other] { $count } pieces of information about a place
}
finding-device = { $count ->
    [one] 1 detail about a camera, phone or other device
   *[other] { $count } details about a camera, phone or other device
}
finding-people = { $count ->
    [one] 1 name of a person or company
   *[other] { $count } names of people or companies
}
finding-dates = { $count ->
    [one] 1 date or time
   *[other] { $count } dates or times
}
finding-software = { $count ->
    [one] 1 detail about a program or operating system
   *[other] { $count } details about programs or operating systems
}
finding-descriptions = { $count ->
    [one] 1 title or description
   *[other] { $count } titles or descriptions
}
finding-identifiers = { $count ->
    [one] 1 number that can be recognised
   *[other] { $count } numbers that can be recognised
}
finding-hidden-pictures = { $count ->
    [one] 1 hidden picture, such as a small copy
   *[other] { $count } hidden pictures, such as small copies
}
finding-embedded-files = { $count ->
    [one] 1 file stored inside the file
   *[other] { $count } files stored inside the file
}
finding-comments = { $count ->
    [one] 1 comment or note
   *[other] { $count } comments or notes
}
finding-history = { $count ->
    [one] 1 older or deleted part
   *[other] { $count } older or deleted parts
}
finding-signatures = { $count ->
    [one] 1 digital signature or proof of origin
   *[other] { $count } digital signatures or proofs of origin
}
finding-links = { $count ->
    [one] 1 link, possibly one that connects by itself
   *[other] { $count } links, possibly some that connect by themselves
}
finding-scripts = { $count ->
    [one] 1 small program that could run when the file is opened
   *[other] { $count } small programs that could run when the file is opened
}
finding-form-data = { $count ->
    [one] 1 field of a form
   *[other] { $count } fields of a form
}
finding-colour-profiles = { $count ->
    [one] 1 colour profile that can point to the device
   *[other] { $count } colour profiles that can point to the device
}
finding-stray-bytes = { $count ->
    [one] 1 piece of data that does not belong to the file
   *[other] { $count } pieces of data that do not belong to the file
}
finding-other = { $count ->
    [one] 1 other piece of hidden information
   *[other] { $count } other pieces of hidden information
}

## What is different in the cleaned file

change-hdr-layer-removed = The picture may look less bright on an HDR screen.
change-motion-removed = The picture no longer moves.
change-comments-removed = The text of comments is gone.
change-form-flattened = Fields can no longer be filled in. What was in them can still be seen.
change-links-removed = Links no longer work. Their text is still there.
change-embedded-files-removed = Files inside the file are gone.
change-multimedia-removed = Sound, film and 3D inside the file are gone.
change-signatures-removed = Digital signatures are no longer valid. What could be seen of them is still there.
change-accessibility-tags-removed = Tags that help screen readers are gone.
change-colours-changed = Colours may look different: the colour profile could not be written anew.
change-flattened = Only pictures of the file are left: words in it can no longer be selected, searched or read aloud.
change-formulas-as-text = Formulas in the table no longer calculate. They are there as text, with ' in front.
change-formulas-stopped = Some formulas no longer calculate. What they showed is still there.
change-animations-removed = Slides no longer move. All that is on them is shown at once.
change-speaker-notes-removed = Notes that only the speaker sees are gone.
change-looks-removed = Colours, fonts and layout are gone. The words are still there.
change-parts-removed = Subtitles, pictures and other parts that are fetched from elsewhere, or that we cannot clean, are gone.
change-hidden-text-removed = Words that the page did not show are gone.
change-tracked-changes-accepted = Tracked changes were accepted: what was deleted is gone, what was added is ordinary text.
change-mail-headers-removed = Sender, receiver, subject and time are gone. Only the text of the mail itself and its files are left. Write yourself who wrote to whom and when, if it does not point to you.
change-fonts-replaced = Letters may look different: fonts that few people have were replaced.
change-names-replaced = The files are now called 1, 2, 3 and so on, and there are no folders.

## What only a person can judge

warning-invisible-characters = The text has characters that cannot be seen. They can show who was given that very copy.
warning-lookalike-letters = The text has letters that look like others. They can show who was given that very copy.
warning-hidden-text = The file has text that cannot be seen, for example under a black bar. It is still there.
warning-hidden-layers = The file has layers that are switched off. They are still there.
warning-hidden-parts = The file has parts that most programs do not show. They are still there.
warning-cropped-area = Parts of the picture lie outside what is shown. They are still there.
warning-covered-content = Words or parts of a picture lie under a box. They are still there, and can be uncovered.

## Report: everything once more

check-title = Look through everything
check-step = Step { $steps } of { $steps }
check-lead = Nothing is sent yet. Look for names, dates and details that few people know.
check-not-sent = Here is the draft that the code belongs to. It is not sent yet. If somebody else gave you the code, do not send this one, but start a report of your own.
check-not-sent-code = The code stops working as soon as you change something or send. If you want to take a break again, get a new one.
check-text = Your answers
check-change = Change
case-revealing-send = Send it as it is
check-revealing = This may show who you are. Do you want it to be there?
check-revealing-guess = This is only a guess. We do not find everything, and we do not keep the guess.
revealing-cpr-number = Looks like a civil registration number:
revealing-telephone = Looks like a telephone number:
revealing-mail = Looks like a mail address:
revealing-street = Looks like an address:
revealing-name = Looks like your name:
revealing-only-one = May point to one person:
check-files = Your files
check-files-look = Only you see the file names. What can be seen or read in the files is still there. Look through your own files before you send.
check-files-none = No files are included.
check-files-add = Add files
check-send-title = Send
check-send-text = Once it is sent you cannot change it, but you can write more. You get a code on the next page. Have pen and paper ready.
check-send = Send report
check-long = Give me a longer code: { $long } digits instead of { $short }
check-long-why = { $short } digits are enough for most people. { $long } also protect you if somebody steals the portal’s server with everything on it.
check-fault-too-many = You chose more than { $files } files. We took the ones below and not the rest. Remove those you can do without, or send the rest in a message later
check-fault-not-flat = We could not make the file into pictures. The cleaned file is still there. You can remove it and send screenshots instead
check-fault-changed = The files are no longer those that the page showed, perhaps because you have another window open. Nothing is sent. Look through them, and send again
check-fault-too-much = This case has had as many messages and files today as we can take. Nothing is sent. Try with fewer, or try again tomorrow
check-fault-late-case = The files that stood on the list were sent from another window. Those on their way did not come along. Choose them again
check-fault-broken-off = The connection broke. The files on this list have come through. Choose the others again. If you choose all of them, none will be there twice
check-fault-nothing = There was nothing to send. Files that you have sent are in the case. Others you have to choose again
check-fault-not-sent = Your report is not sent yet: we were interrupted. Nothing is lost. Please send it again
later-title = Save and continue later
later-not-sent = The report is not sent yet. The whistleblower unit cannot read it, but whoever has the code can.
later-what = You are not done: press “{ later-get }” below before you close the browser. You get a code for the draft. With it you can go on from another browser or another place. When you send, you get another code, which is for the case. Then this one no longer works.
later-get = Give me a code
later-found = Whoever finds the code with you can read the draft.
later-write = Write the code on paper, or keep it in a place that only you can get to. We cannot find it again once the browser is closed.
later-code = The code for your draft
later-ends = It works until you have opened the draft with it and changed something.
later-until = The draft is erased when { $day } is over, if you have not sent it. Each time you save something, it is kept longer.
later-now = When you take a break
later-close = Close the browser. Come back to the front page, choose “{ front-return }”, and type the code.
later-on = Go on right away
later-link = Save and continue later
check-missing = Missing
check-answer = Answer
check-unanswered = Not answered
check-identity = Will be on a page of its own.
check-fault-incomplete = An answer is missing: { $question }
check-fault-too-few-readers = Too few are left to read the report when those you chose must not see it. Nothing is sent. Choose fewer, or take another way
check-fault-nobody = Right now there is nobody who can receive your report. It is not sent. Try again later

## Receipt

receipt-title = We have received your report
receipt-page = Receipt
receipt-keep = Save your code now
receipt-lost = We cannot find it again for you, and without it you cannot read our answers.
receipt-how = Write it on paper, or keep it in a place that only you can get to.
receipt-open = Until you have typed the code below, you and others in the same browser can open this page again, until the end of { $day }. After “{ frame-leave }” it cannot be opened, nor, as a rule, once the browser has been closed. The code still works.
receipt-late = This report had been sent already when you added more on another page. What you added is not in it. Save the code first. Then sign in with it and send the rest as a message.
receipt-again = Type the code here, so that we both know you have it
receipt-again-hint = Spaces do not matter.
receipt-fault-empty = Type the code in the field, so that we both know you have it
receipt-fault-other = That is not the same code. Check the digits and type it again
receipt-kept = I have saved the code
receipt-found = Whoever finds the code with you can read your case. A print-out is a trace too.
receipt-next = What happens now
receipt-acknowledged = This is our acknowledgement: it confirms that we have received your report.
receipt-next-read = We read it and decide what has to be done.
receipt-next-questions = We may ask you questions. Sign in with the code after about a week and look. If you are anonymous, we can only reach you here.
receipt-next-feedback = By { $day } at the latest we must give you feedback: what we have done or will do, and why.
receipt-over = The receipt is closed
receipt-over-why = It is once the code was typed correctly, and once its time is over. The report is sent, and the code still works.
receipt-over-do = If you want to be sure that you have the right code, sign in with it.
receipt-code = Your code
complaint = If you are not satisfied with what we do, you can write so in the case. You can also report the same matter to the National Whistleblower Scheme (whistleblower.dk). If { $organisation } is a public authority, you can complain to the Parliamentary Ombudsman (ombudsmanden.dk). The Danish Data Protection Agency (datatilsynet.dk) handles complaints about how we use data about you.
receipt-copy = If you want a copy
receipt-copy-print = Print this page with your browser. Do not do it at work: printers remember what was printed.
receipt-copy-file = A file stays on your device until you delete it. Take it only on a device that nobody else uses.
receipt-copy-take = Download the receipt as a text file
kept-title = Good. You have your code
kept-lead = Your report is sent, and the receipt cannot be shown again.
kept-close = Now close the browser
kept-close-tor = In Tor Browser: choose “New Identity”, or close it altogether.
kept-close-other = In other browsers: close all windows and delete today’s history, cookies and cached files. Your network may still have seen that you were here.
kept-back = Come back in about a week
kept-back-text = Sign in with the code to see whether we have asked something or answered.
kept-sign-in = Sign in with the code

## Coming back with the code

code-title = Type your code
code-signed-in = You are signed in. Go to your case
code-lead = Then you can see answers, answer questions and send more. If you saved a draft, type its code.
code-label = Code
code-hint = { $short } or { $long } digits. Spaces and dashes do not matter.
code-nothing = There is no draft and no receipt open in this browser. If you have sent a report, sign in with the code.
code-open = See my case
code-fault-length = { $found ->
    [0] Type the code. It has { $short } or { $long } digits
   *[other] A code has { $short } or { $long } digits. You typed { $found }. Check the digits and try again
}
code-fault-character = Use digits only. Check the code and try again
code-fault-unknown = We do not know that code. Check the digits and try again. It may have been changed. If it belongs to a draft, the draft may be erased, or the code used
code-fault-busy = Many people are signing in right now. Wait a few minutes and try again
code-fault-other-draft = The code belongs to a draft, but in this browser there is another report, or something for a case, that is not sent. Send that first. A report can also be kept with “{ later-link }”. Then close the browser and try again
code-fault-receipt = The code belongs to a draft. But a receipt is open in this browser. Open it, and type its code in the field there. Then try again here
code-lost = I have lost my code
code-lost-text = Then neither you nor we can find the case for you. You can send a new report and write that you have reported before.
waiting-title = We are working on it
waiting-text-sign-in = Many people are signing in right now. You are in the queue. Leave this page open. This is not an error.
waiting-text-send = Your report is being sent. Many people are sending right now, and you are in the queue. Leave this page open. It will show your code at the end. This is not an error.
waiting-text-keep = You are about to get a code. Many people are here right now, and you are in the queue. Leave this page open. This is not an error.
waiting-text-code = Your new code is being made. Many people ask for one right now, and you are in the queue. Leave this page open. This is not an error. Your old code still works.
waiting-seconds = { $seconds ->
    [one] This page tries again by itself in 1 second.
   *[other] This page tries again by itself in { $seconds } seconds.
}
waiting-link = Nothing happening? Try again here

## The case

case-title = Your case
case-number = Case
case-received = Received
case-feedback = Feedback by
case-now-reading = We have your report and what you have written. You do not have to do anything now.
case-now-unsent = You have something here that is not sent yet.
case-now-new-code = Your new code is not ready yet.
case-now-asked = We have asked you something that you have not answered.
case-now-answered = We have written to you. Read it below, and answer when it is safe for you.
case-now-after-feedback = You have had feedback. We are reading what you have written since.
case-now-closed = The case is closed.
case-to-news = Go to what is new
case-timeline = How the case is going
case-received-on = { $day }: We got your report.
case-acknowledged-on = { $day }: You got a receipt.
case-feedback-on = { $day }: You got feedback.
case-feedback-by = By { $day } at the latest: you will get feedback on what we have done or will do, and why.
case-feedback-late = By { $day } you should have had feedback. We are late, and it is not your fault.
case-closed = The case is closed.
case-wishes = If you do not want us to write to you
case-policy = Policy for this case
case-policy-of = the one in force from { $day }
case-last = Before this visit the code was last used
case-sent = Your message is sent. You cannot change it, but you can write more.
case-files-sent = { $files ->
    [0] The files are sent.
    [one] One file is sent.
   *[other] { $files } files are sent.
}
case-files-waiting = { $files ->
    [one] One file is cleaned but not sent yet.
   *[other] { $files } files are cleaned but not sent yet.
}
case-noted = It is sent, and is last in the case.
case-new-code = The new code does not work before you have typed it in the field. Until then only the old one works.
case-new-code-link = Type the new code, or keep the old one
case-noted-only = Your answer is sent. Your message is not sent: it is in the field “Write to us”. Press “Send message”.
case-again = If there is nothing new, look in again in about a week. You may look sooner. Answer only when it is safe for you.
case-reprisals = Is somebody treating you worse because of the report, or threatening to? The law forbids that. Write it here, with what happened and when.
case-to-protection = How you are protected
contact-text = You can ask us not to. What the law requires will still come here: the feedback, the reason if we reject the case, and as a rule a notice before an authority learns who you are. So keep looking in.
contact-unwanted = Do not write to me
contact-is-unwanted = You have asked us not to write to you.
contact-wanted = You may write to me again
case-write = Write to us
case-write-hint = Write nothing that gives you away if you want to be anonymous. If you want to talk to us, say so here. If you open another page from here, the message is still here when you come back. At most { $limit } characters.
case-kept = This is not sent yet. It is kept until the end of { $day }, and only this browser can open it.
case-send = Send message
case-to-files = Send files
case-to-answer = Answer
case-to-identity = Tell us who you are, or take it back
case-files-title = Send files to the case
case-files-back = To the case
case-files-look = Look through the files and send them
case-files-not-sent = Nothing is sent yet. The files wait encrypted on the portal until the end of { $day }. Only this browser can open them. If you close it, you usually have to choose them again.
case-files-send-text = What is sent cannot be taken back.
case-files-send = { $files ->
    [one] Send the file
   *[other] Send the { $files } files
}
case-files-none = There are no files here that are not sent.
case-files-wait = First press “{ files-send }”, and wait until all your files are on the list. Nothing is sent by that: you look through them first, on the next page. Large files take time, above all over Tor.
check-fault-other-case = You signed in with another code in another window. None of the files came along. Sign in again with the code of the case they belong to
case-files-to-reporter = The reporter can see and download what you send. Your files are cleaned like all others here: they hold no hidden names, places or times, and nothing in them tells you who opens them, or where.
identity-told = What you have told us
identity-none = Nothing. You have not told us here who you are.
identity-tell = Tell us who you are
identity-anew = Change it
identity-send = Send to the whistleblower unit
identity-done-sent = The whistleblower unit can see it now.
identity-done-taken-back = You have taken it back. It is erased here.
identity-back = Take it back
identity-back-text = You can take it back. Then we erase it here. Whoever has read it can remember it, and we cannot get back what was passed on with your agreement.
identity-fault-empty = The fields are empty, so we changed nothing. Fill in at least one of them
identity-fault-still-told = What you told us before is still here: empty fields do not remove it. If you want it gone, press “{ identity-back }”
identity-unsent = What you have written here is not sent.
identity-still-in = You are still signed in.
identity-leave = Go on without sending it
identity-fault-too-much = This case has had as many messages and files today as we can take. Nothing is changed. Try again tomorrow
case-leave = When you are done
case-leave-text = Sign out and close the browser. In Tor Browser: choose “New Identity”.
case-leave-anyway = Sign out all the same
new-code-when = Was it somebody else who last used the code, has somebody seen it, or do you want a longer one?
new-code-title = Change the code
new-code-lead = You get a new code for the same case. Nothing else changes.
new-code-how = We show you the new code, and you type it back. Only then does the old code stop working. Have pen and paper ready.
new-code-make = Make a new code
new-code-write = Write down your new code
new-code-not-yet = It does not work yet. Keep the old code until you have typed the new one in the field.
new-code-again = You can open this page again for as long as you are signed in. After that we cannot find the code for you.
new-code-use = Use the new code from now on
new-code-drop = Keep the old code
new-code-fault-wrong = That is not the new code. Check the digits and type it again
new-code-fault-busy = Many people ask for a code right now. Your old code still works. Wait a few minutes and try again
new-code-changed = Your new code works
new-code-changed-old = The old code no longer opens anything. Destroy what you wrote it on.
new-code-changed-others = Whoever else was signed in with the old code is signed out. You are still signed in.
new-code-unsure = That happens by itself when nothing has happened for a while. So we cannot see here whether your code was changed.
new-code-unsure-try = Sign in with the new code. If we do not know it, it was not changed, and the old one still works. Keep both until you know.
message-fault-revealing = The message is not sent yet. What is below may show who you are. Change it, or send it as it is
message-fault-empty = Write a message
message-fault-too-long = The message has { $found } characters and is not sent. Shorten it to at most { $limit }
message-fault-too-much = This case has had as many messages and files today as we can take. It was not sent. Try again tomorrow
message-fault-too-much-not-kept = This case has had as many messages and files today as we can take. It was not sent, and it cannot wait here. Copy what you wrote, and try again tomorrow
message-fault-unsent = You are not signed out yet: there is something that you have not sent. Send it, or sign out all the same. What you have not sent is still here when you sign in again in this browser
message-fault-new-code = You are not signed out yet: the new code does not work before you have typed it in the field on the page “{ new-code-title }”. Only the old one works
message-fault-another = In another window you wrote something else that waits to be sent. Send this before you go on, or copy it
message-fault-not-kept = The message is not sent, and it cannot wait here right now. Send it before you go to another page
dialogue-title = Messages
dialogue-older = Older messages
dialogue-newest = The newest messages
dialogue-own = You
dialogue-reporter = Reporter
dialogue-unit = The whistleblower unit
dialogue-new = New
what-question = A question for you
what-feedback = Feedback
what-meeting = Proposal for a meeting
what-minutes = Minutes that you can correct or approve
reply-meeting-accepted = I will come
reply-meeting-declined = I will not come
reply-minutes-approved = The minutes are right
reply-minutes-wrong = Something is wrong
reply-words-meeting = If the time or place does not suit you, write so in a message. At a meeting we can see or hear who you are.
reply-words-minutes = If something is wrong, press the button first, and then write in a message what has to be corrected.
event-identity-given = The reporter has told who they are. It is on a page of its own.
event-identity-withdrawn = The reporter has taken their name back. It is erased here.
event-contact-unwanted = Write to the reporter only when the law demands it: feedback, the reason for a rejection, or notice before an authority learns who it is.
event-contact-wanted = Writing is all right again.
event-meeting-accepted = Yes to the meeting.
event-meeting-declined = No to the meeting.
event-minutes-approved = The minutes are approved.
event-minutes-wrong = The reporter says that something in the minutes is wrong.
event-about = See what was written on { $day }.
event-own-identity-given = You told us who you are.
event-own-identity-withdrawn = You took back what you had told us about who you are. It is erased here.
event-own-contact-unwanted = You asked us not to write to you.
event-own-contact-wanted = You said we may write again.
event-own-meeting-accepted = You are coming to the meeting.
event-own-meeting-declined = You are not coming to the meeting.
event-own-minutes-approved = You have approved the minutes.
event-own-minutes-wrong = You have said that something in the minutes is wrong. Write in a message what has to be corrected.
signed-out-title = You are signed out
signed-out-text = This site may still be in the browser’s history.
signed-out-draft = A report that is not sent yet is still open in this browser. It is kept until the end of { $day }.
signed-out-draft-link = Go on with it
signed-out-receipt = The receipt of a report is still open in this browser, because you have not typed its code in the field. It is kept until the end of { $day }.
signed-out-receipt-link = Open the receipt
signed-out-unsent = There is something for a case that is not sent. Sign in again in this browser to send it. If you close it, it is usually gone.
signed-out-unsent-code = It is only shown to whoever signs in with the code of the case. If it should not wait here, click “{ frame-leave }” at the top. Then it is gone.
signed-out-leave = Others who use this browser can open it too. If you do not want that, click “{ frame-leave }” at the top. What is not sent, or whose code you have not saved, is then gone.

## The end of a session, on pages with a form

session-end = You are signed out when you have opened no page for { $minutes } minutes.
session-last = { $minutes ->
    [one] You are signed out in at most 1 minute, whatever you do. Finish before then.
   *[other] You are signed out in at most { $minutes } minutes, whatever you do. Finish before then.
}
session-soon = Has this page been open for { $after } minutes? Then you are signed out in { $left } minutes. What you have typed stays here.
session-go-on = Stay signed in
session-title = How long you are signed in
session-over = You are signed out already. What you typed is still on the page: copy it, sign in again, and put it in.

## Sign in for handlers

handler-title = Sign in as a handler
handler-secrecy = You have a duty of secrecy: you may not tell others who reports or is mentioned, or what a report says.
handler-name = Name
handler-password = Password
handler-code = One-time code
handler-code-hint = The 6 digits that your app shows now
handler-sign-in = Sign in
handler-help = If it does not work, ask whoever runs the portal. Nobody can find your password for you.
handler-fault-wrong = Name, password or one-time code do not match. Wait for a new one-time code and try again
handler-signed-out = Close the browser if others use the computer. Files that you had chosen but not sent are gone.

## New handler

enrol-title = Set up your access
enrol-lead = You are invited as { $name }. Choose a password and connect an app for one-time codes. Finish in the same browser. The link works only once.
enrol-password-title = 1. Choose a password
enrol-password-text = It opens your key to the cases. Nobody can find it for you. Do not use it anywhere else.
enrol-password = Password
enrol-password-hint = At least { $minimum } characters. Several words in a row are easier to remember.
enrol-repeated = The password again
enrol-app-title = 2. Connect an app
enrol-app-text = Open an app for one-time codes on your phone. Scan the picture, or type the key.
enrol-qr = QR code with the key, which is also written below
enrol-secret = The key
enrol-code-hint = The 6 digits that the app shows now
enrol-finish = Set up access
enrol-fault-too-short = The password needs at least { $minimum } characters. Type it again
enrol-fault-too-long = The password is too long. Choose a shorter one
enrol-fault-differs = The two passwords differ. Type them again
enrol-fault-wrong-code = The one-time code does not match. Type the password again, and the code the app shows now
enrolled-title = Your access is set up
enrolled-ready = You are the first receiver. You can sign in and read reports. If the portal is not open yet, the list of cases shows the way.
enrolled-wait = You can sign in. You get cases once the first receiver has confirmed your key. Agree on a time to compare it by telephone. Your fingerprint is under “Colleagues”.
enrolled-keep = Take care of the password and the app. If you lose the password, you also lose your access to the cases you have.
no-link-title = The link no longer works
no-link-text = It has been used, it is too old, or a newer one was made. If you neither used it nor got a newer one, somebody else may have used it. Say so at once.
no-link-do = Ask whoever runs the portal for a new link.

## Inbox

inbox-title = Cases
inbox-table = The cases you can read
inbox-turn = State
inbox-ours = New from the reporter
inbox-answered = Answered
inbox-late = – overdue
inbox-soon = – soon
inbox-empty = You have no cases. New reports come here.
inbox-pages = Pages
inbox-previous = Previous page
inbox-next = Next page
inbox-open = The portal is not open yet
inbox-open-link = See what must be in place
inbox-vouch = { $count ->
    [one] 1 colleague is waiting for you to confirm a key
   *[other] { $count } colleagues are waiting for you to confirm their keys
}
inbox-vouch-link = See colleagues and keys

## A case for handlers

handler-case = Case { $number }
answer-sent = Your answer is sent. The reporter sees it at the next visit.
answer-label = Answer the reporter
answer-hint = Do not ask for anything that forces the reporter to give themselves away. At most { $limit } characters.
answer-unwanted = The reporter has asked not to be written to. Write only what the law demands: feedback, the reason for a rejection, or notice before an authority learns who it is
answer-what = What are you writing?
answer-what-message = A message
answer-what-question = A question
answer-what-feedback = Feedback: what you have done or will do, and why
answer-what-meeting = A proposal of time and place for a meeting
answer-what-minutes = Minutes that the reporter can correct or approve
answer-send = Send answer
answer-to-files = Send files to the reporter
about-title = About the case
about-state = State
about-acknowledged = Acknowledged
about-late = Overdue
about-feedback-on = Given on { $day }
about-feedback = Feedback says what you have done or will do, and why. If the work is not done, write that before the deadline, and say when you will write again.
about-secrecy = You have a duty of secrecy about who reported, who is mentioned, and what the report says.
handler-identity = Who the reporter is
handler-identity-secrecy = You may tell others who reported only with express consent, or to another public authority to act against breaches of the law or to secure the defence of a person concerned. In the second case the reporter must be told first, in writing and with a reason, unless that would harm the investigation or a court case (section 26).
handler-identity-none = The reporter has not told. Do not try to find out.
handler-identity-link = See who the reporter is
handler-identity-why = Open the page only if you need to.
state-acknowledged = Open
state-closed = Closed

## Attachments for handlers

view-title = Safe view
view-picture = Safe picture of { $label }
view-picture-hint = The portal made this picture. Nothing in the file has run on your computer.
view-text-hint = The portal shows this text. Nothing in the file has run on your computer.
view-pages = Pages of the file
view-previous = Previous page
view-next = Next page
view-page = Page { $page } of { $pages }
view-none = This file cannot be shown here. To be read, it has to be downloaded.
view-busy = The file cannot be shown right now. If you have another one open, wait until it is there. Otherwise try again in a few minutes.
view-cut = There is more text. It is in the file itself.
view-file = The file itself
view-harm = Cleaned does not mean harmless.
view-harm-text = Hidden information is removed, but the file may still be made to do harm.
view-harm-enough = Download it only if the view is not enough.
view-harm-open = Open it on a computer that is connected to nothing else.
view-harm-work = Never open it on equipment from work.
view-trace = A file that you download stays on your device, even after you have signed out. Whoever watches your network can see about how large it is.
view-download = Download the file
view-version = Cleaned with version { $version }.

## Colleagues and keys

opening-title = Open the portal
opening-lead = The portal takes no reports until it is opened. So nobody writes to people who are not ready to answer.
opening-not-yet-yours = Your key is not confirmed yet. A colleague whose key is confirmed opens the portal.
opening-points = Tick what is in place
opening-policy = The management has approved the policy, and the portal shows it as it was approved.
opening-known = The staff, and others who can use the scheme, are told that it exists and how to find it.
opening-staff = Those who handle cases are appointed, know the rules on secrecy and deadlines, and can sign in. Somebody takes over in holidays and illness.
opening-privacy = The information on personal data is right for you, and the impact assessment (DPIA) is made.
opening-ways = Each address was tried from a network that is not your own, and the telephone and other ways to the unit work.
opening-tried = A test report (sluse test-report) was sent, read and answered, and a backup was restored on another machine.
opening-doubts = { $count ->
    [one] One thing about the machine is not as it should be.
   *[other] { $count } things about the machine are not as they should be.
}
opening-status = See the system status
opening-open = Open for reports
opening-stays = The portal cannot be closed again from here. Whoever was given an address must always be able to get in by it.
opening-done = The portal has taken reports since { $day }.
opening-fault = Tick everything that must be in place before you open
unit-title = Colleagues
unit-lead = Only those whose key is confirmed get new cases.
unit-table = The whistleblower unit
unit-name = Name
unit-state = State
unit-fingerprint = Fingerprint of the key
unit-no-fingerprint = No key yet
unit-compare = Telephone first.
unit-compare-why = Let your colleague read the fingerprint aloud from their own screen. If even one character differs, do not confirm. Otherwise a stranger may get the key to the cases.
unit-changed = The key is another one than a moment ago. Nothing was confirmed. Telephone again and compare. If it still differs, tell whoever runs the portal
unit-differs = This is your key, but another one is stored under your name. Somebody may have changed the database. Ask your colleagues not to confirm it, and tell whoever runs the portal.
unit-vouch = The fingerprint is the same: confirm the key
unit-invited = Invited
unit-enrolled = Waiting to be confirmed
unit-vouched = Confirmed
unit-left = Left

## System status

status-title = System status
status-lead = Whether the portal can be reached and can receive. Nothing here is about those who visit it.
status-part = Part
status-state = State
status-detail = More
status-is-ok = Working
status-is-warn = Keep an eye on it
status-is-fail = Not working
status-reporter-onion = Onion address for reporters
status-handler-onion = Onion address for handlers
status-swap = Swap
status-review = Review of policy and DPIA
status-handlers = Handlers
status-worker = Cleaning of files
status-database = Database
status-objects = Store for files
status-free-space = Free space
status-connections = Room for connections
status-sweep = Clearing up
status-help = If something is not working, tell whoever runs the portal.

## Error pages

error-not-found = There is no such page
error-not-found-what = There is nothing at this address, or you do not have access to it.
error-not-found-do = Check the address, or choose below.
error-form-token = The page was too old
error-form-token-what = The form belonged to a visit that has ended. It was not received.
error-form-token-do = Open the page anew and try again. The site must be allowed to keep cookies until you close the browser.
error-receipt = The page was too old
error-receipt-what = It belonged to a visit that is over.
error-receipt-do = If you have a code, sign in with it to see whether it is right.
error-too-large = That is too much
error-too-large-what = What you sent is larger than we can take. We did not receive all of it.
error-too-large-do = Send less at a time.
error-method = The page cannot be opened that way
error-method-what = The address exists, but it belongs to a button on another page.
error-method-do = Start below.
error-misdirected = This address is not ours
error-misdirected-what = Your browser asked for an address that the portal does not know. The link may be wrong, or somebody may be trying to trick you.
error-misdirected-do = Do not write anything here. Find the address in a place you trust.
error-broken-form = We could not read what you sent
error-broken-form-what = It did not arrive in full, or the browser sent it in a way we do not understand. We did not receive all of it.
error-broken-form-do = Try again. If it keeps happening, try without files.
error-internal = Something went wrong at our end
error-internal-what = It is not your fault.
error-internal-do = Wait a moment and try again. If it keeps happening, come back tomorrow.
error-busy = Many people are here right now
error-busy-what = The portal cannot serve everybody at once. It is not your fault.
error-busy-do = Wait a few minutes and try again.
error-sign-in = Sign in to see this page
error-sign-in-what = The page is for whoever has the code of a case and is signed in.
error-sign-in-do = Sign in with the code, or go to the front page.
error-session = You are signed out
error-session-what = That also happens by itself when nothing has happened for a while. Files that had been cleaned by then wait until you sign in again in this browser.
error-session-message = A message that you left to look at another page waits as well. Other messages that you had not sent are not saved.
error-session-answer = A message that you had not sent is not saved.
error-session-do = Sign in again to go on.
kept-text-title = You are signed out
kept-text-what = That happens when you sign out in another window, when the code is changed, and when nothing has happened for a while. Your message was not sent. It is below: copy it, sign in again, and put it in.
kept-text-other-title = You are in another case now
kept-text-other-what = You signed in with another code in another window. Your message was not sent, because it belongs to the first case. It is below: copy it, sign in again with the code of that case, and put it in.
kept-text-report-title = The page was too old
kept-text-report-what = It belonged to a visit that has ended, perhaps because you signed out or left this site in another window. What you wrote is not saved. It is below: copy it, start a new report, and put it in.
kept-text-late-title = It was already sent
kept-text-late-what = You sent your report from another window. What you wrote here came later and is not part of it. It is below: copy it, and send it as a message in your case.
kept-text-fault-title = Something went wrong at our end
kept-text-fault-what = It is not your fault. What you wrote may not be saved. It is below: copy it, wait a moment, and see whether it is there. If not, put it in again.
kept-text-to-report = To the report
error-to-case = To the case
kept-text-label = What you wrote
kept-text-files = Files have to be chosen again.
error-timeout = It took too long
error-timeout-what = The connection stood still for too long, so we stopped. We did not receive all of it.
error-timeout-do = Try again. If the connection is slow, send one file at a time.
error-framed = Open the page again to see which of your files have come through, and send the others again.
error-framed-again = Open the page for files again
error-unsure = Not sure what we have of your report? Look first, in the same browser, before you send anything again. The link below shows your receipt if it was sent, and otherwise what is saved of it.
error-to-report = My report or receipt
error-to-front = The front page
error-to-cases = To the cases
