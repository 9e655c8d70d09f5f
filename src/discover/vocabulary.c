/* vocabulary.c - classes of words, what tables are about, and what is harmless. */
#include "discover/vocabulary.h"

const struct word_class vocabulary_classes[] = {
    /* who somebody can be */
    {"person",
     "user usr customer cust contact person people agent employee emp member subscriber "
     "owner author creator sender recipient receiver guest attendee participant patient "
     "student teacher lead buyer seller payer payee driver passenger organizer organiser "
     "assignee reporter requester requestor submitter reviewer approver manager supervisor "
     "operator staff supplier candidate applicant visitor donor beneficiary holder "
     "cardholder follower friend invitee inviter editor moderator actor worker resident "
     "respondent signer signatory consignee shipper addressee principal human initiator "
     "delegate delegator prospect attorney doctor nurse practitioner physician spouse "
     "partner relative victim defendant plaintiff claimant tutor coach trainer speaker "
     "contributor writer borrower supporter petitioner signee cosigner consumer kunde "
     "benutzer nutzer mitarbeiter teilnehmer absender empfaenger inhaber ansprechpartner "
     "utilisateur usager personne salarie employe expediteur destinataire adherent usuario "
     "cliente empleado persona remitente destinatario propietario titular asistente utente "
     "dipendente mittente proprietario partecipante paziente funcionario remetente "
     "gebruiker klant medewerker afzender ontvanger eigenaar deelnemer contactpersoon "
     "assistant secretary poster judge lawyer volunteer youth officer counselor counsellor "
     "advisor adviser mentor faculty instructor professor pupil clerk therapist caregiver "
     "carer guardian witness musician trainee apprentice"},
    /* of these, who stands for a name without another word */
    {"who",
     "user usr customer contact person agent employee owner author creator sender recipient "
     "receiver guest attendee patient student teacher client buyer seller payer payee driver "
     "passenger organizer organiser assignee reporter requester requestor submitter reviewer "
     "approver manager supervisor operator candidate applicant visitor donor beneficiary "
     "cardholder invitee inviter actor worker resident respondent signer consignee shipper "
     "addressee kunde benutzer absender empfaenger inhaber ansprechpartner utilisateur "
     "expediteur usuario cliente empleado remitente utente dipendente mittente remetente "
     "gebruiker klant medewerker contactpersoon"},
    /* what is no person and may have a name or an address */
    {"thing",
     "facility merchant manufacturer store shop warehouse branch site product item plan "
     "experiment group function tool model campaign project service event file table "
     "column field class feature bank hospital clinic team role tag category "
     "hotel venue server database domain network queue gateway trunk app application "
     "bucket job task step version package brand vehicle bike drug medicine program course "
     "tax stock carrier vendor form host method"},
    /* the two ends of a call: these words mean nothing else */
    {"party",
     "caller callee calling called ani dnis rdnis dnid dialed dialled dialing "
     "anrufer angerufener rufer appelant appele llamante llamado chiamante chiamato chamador "
     "beller gebelde"},
    /* and these may */
    {"end", "from to src dst source destination originating originator origin terminating outbound "
            "inbound outgoing incoming answering contact forward transfer redirecting redirected "
            "transferred connected translated roaming"},
    {"number", "number num nbr no nr numero nummer rufnummer msisdn did digit"},
    {"endpoint", "uri url user extension exten ext tag contact party station aor identity leg"},
    /* what a time column can say */
    {"began", "start started starts begin began begins beginn debut inicio inizio anfang aanvang"},
    {"ended", "end ended ends stop stopped stops finish finished fin ende fim einde complete "
              "completed"},
    {"moment", "at on time date datetime timestamp ts stamp epoch utc dt zeit uhrzeit datum heure "
               "hora ora tijd fecha data"},
    {"length", "duration dur length second sec msec millisecond ms minute min elapsed dauer duree "
               "duracion durata duracao duur"},
    {"activity",
     "login logon signin sign logged active activity access accessed visit visited seen online "
     "used use auth authenticated authentication authorized request connect connected connection "
     "ping heartbeat view viewed read session connexion anmeldung acceso accesso opened clicked "
     "typed registered reg"},
    /* the row's own bookkeeping */
    {"kept",
     "created creation updated update modified modification changed deleted inserted insert added "
     "expires expire expired expiry erstellt angelegt geaendert aktualisiert geloescht cree "
     "modifie supprime creado modificado eliminado creato modificato eliminato criado alterado "
     "aangemaakt gewijzigd verwijderd"},
    /* what may stand behind the noun of a table's name */
    {"tail", "log history data delivery detail info information line version revision record list "
             "item archive table tbl value attribute entry row metadata meta extra ext temp tmp "
             "backup old new copy map link index base main"},
    /* whose credentials and accounts there are */
    {"vendor",
     "google twilio salesforce hubspot shopify stripe slack zoom microsoft github gitlab mailchimp "
     "sendgrid aws amazon azure facebook meta instagram twitter linkedin paypal zendesk intercom "
     "dropbox apple adyen asana atlassian jira trello bitbucket okta braintree square "
     "calendly clickup datadog discord docusign freshdesk freshworks gmail outlook "
     "klaviyo mailgun mailjet marketo messagebird monday netsuite notion nexmo vonage pagerduty "
     "pipedrive plaid plivo postmark quickbooks ringcentral sentry servicenow sinch snowflake "
     "spotify strava telegram telnyx tiktok typeform webex whatsapp woocommerce wordpress xero "
     "yahoo youtube zapier zoho bandwidth aircall sap openai anthropic cloudflare heroku firebase "
     "algolia segment mixpanel amplitude posthog gocardless mollie klarna"},
};
const size_t vocabulary_class_count = sizeof vocabulary_classes / sizeof *vocabulary_classes;

const struct topic vocabulary_topics[ABOUTS] = {
    {PEOPLE,
     "<person> account address identity vcard membership household family invitation "
     "signup enrollment enrolment phone mobile alias biography resume cv userinfo buddy "
     "people kontakt kontakte contacto contatto contatti contato relatie relaties adresse "
     "direccion indirizzo endereco adres kunden kundin nutzer personen personnes artist "
     "phone_book phonebook address_book directory client_contact contact_list "
     "custom_field_value custom_value field_value attribute_value invite",
     "entry registration extension client profile",
     "^first_name$ ^last_name$ ^given_name$ ^family_name$ ^surname$ ^email$ ^mail$ ^phone$ "
     "^mobile$ ^fax$ ^birth_date$ ^birthday$ ^dob$ ^date_of_birth$ ^gender$ ^street$ "
     "^city$ ^postal_code$ ^zip$ ^job_title$ ^full_name$ ^email_address$ ^phone_number$ "
     "^vorname$ ^nachname$ ^strasse$ ^plz$ ^prenom$ ^nom$ ^apellido$ ^nombre$ ^cognome$ "
     "^sobrenome$ ^voornaam$ ^achternaam$ ^telefon$ ^telefono$ ^telephone$ ^adresse$ "
     "^courriel$ ^correo$ ^geburtsdatum$ ^post_code$ ^user_name$ ^state$ ^country$ "
     "^address$ ^address_1$ ^line_1$ ^province$"},
    {CALLS,
     "call cdr voicemail recording sms mms fax dialog conference sip caller callee "
     "presentity binding dialed telephony ivr anruf anrufe appel llamada chiamata chiamate "
     "chamada oproep oproepen gespraech call_participant call_member call_agent call_party "
     "conference_member conference_participant call_queue_entry call_center_call registrar "
     "mailbox_message mailbox_msg fax_queue sms_queue phone_log phone_activity "
     "phone_history phone_event phone_record phone_call twilio vonage nexmo plivo telnyx "
     "sinch",
     "mailbox leg bridge channel queue trunk location registration contact media stream quality "
     "accounting "
     "voice extension subscriber",
     "<party> call_id hangup billsec ani dnis clid ring_time talk_time from_tag to_tag "
     "call_duration ringing caller_id from_uri to_uri from_number to_number "
     "recipient_number sender_number ^src$ ^dst$ ^answer_time$ ^answered_at$ hangup_cause "
     "disposition voicemail sip_password ^contact$ ^aor$ ^exten$ connected_line"},
    {VISITS,
     "session visit pageview page_view click impression login logon signin sign_in logout "
     "audit activity_log user_activity tracking analytics device presence heartbeat hit "
     "search seen download radius accounting acct authentication_attempt attempt post_auth "
     "telemetry trace typing event_log http_request page_request ad_request last_seen "
     "status_change input tap swipe user_event user_agent geolocation geo_ip lease "
     "auditing agent_status user_status agent_state user_state online_status <person>_log "
     "<person>_event admin_event login_log auth_log auth_event auth_attempt "
     "authentication_log <person>_action agent_session event_trail access_log pause "
     "read_marker read_state read_position read_receipt delivery_receipt data_usage "
     "usage_record usage_log <person>_activity hotspot captive_portal acct_record",
     "activity event action stream metric log history journal request response read view "
     "error crash rad usage receipt",
     "^ip$ ^ip_address$ ^user_agent$ referrer referer ^session_id$ url_path browser "
     "session_key device_id nas_ip acct_session_id framed_ip utm_source visitor_id "
     "^ip_addr$ whodunnit audited_changes object_changes octet packet pkt gigaword "
     "framed_address terminate_cause ^session_time$ nas_addr"},
    {MESSAGES,
     "message msg chat comment post note email mail ticket conversation reply feedback "
     "review discussion inbox outbox letter thread room status_edit draft notification "
     "push_message poll vote case issue task todo answer question response submission "
     "correspondence complaint diary journal_entry diary_entry appeal annotation "
     "transcript memo muc statement message_archive nachricht nachrichten kommentar notiz "
     "notizen mensaje mensagem messaggio bericht commentaire remarque courrier problem "
     "incident defect bug email_queue mail_queue message_queue outbound_queue send_queue "
     "form_entry form_submission form_answer form_response form_value entry_answer "
     "opportunity deal",
     "channel status log history topic event entry page archive image",
     "^body$ ^subject$ ^message$ message_text ^sender$ ^recipient$ ^cc$ ^bcc$ reply_to "
     "in_reply_to text_body html_body from_address to_address ^topic$ ^purpose$ ^header$"},
    {MEETINGS,
     "meeting appointment booking reservation calendar calendar_event attendance rsvp "
     "visit_plan shift timesheet leave absence vacation freebusy busy_time consultation "
     "event_attendee interview lesson termin termine reunion rendez_vous rdv cita "
     "appuntamento appuntamenti afspraak afspraken agenda kalender evento out_of_office "
     "time_off busy busy_slot shift_roster duty_roster rota time_slot poll_slot",
     "activity event schedule slot task todo",
     "attendee organizer organiser ^location$ ^summary$ guest rrule recurrence ^time_zone$ dtstart "
     "dtend invitee"},
    {KEYS,
     "token credential secret api_key oauth key access_token webauthn password certificate "
     "connector integration connection sso saml idp identity_provider webhook verification "
     "magic_link otp mfa factor two_factor passkey smtp ldap jwk grant push_subscription "
     "pusher authenticator connected_app connected_account keystore vault recovery_code "
     "backup_code oauth_application oauth_client nas verification_code device_code "
     "authorization_code access_code invite_code login_code one_time_code reset_code "
     "service_account machine_account",
     "app application provider client",
     "^token$ ^secret$ ^expires_at$ ^refresh_token$ ^access_token$ ^client_secret$ "
     "^api_key$ redirect_uri client_id grant_type scope"},
    {SETTINGS,
     "setting configuration config template permission role rule migration translation "
     "product variant plan price currency country language category tag tagging emoji "
     "schema feature time_zone dialplan dial_plan dispatcher route routing gateway trunk "
     "job workflow menu module type preset policy stat statistic reaction domain trend "
     "preference tax method zone inventory merchant exchange_rate rate group scope flow "
     "execution stage capability privilege definition catalog catalogue option "
     "availability weekday holiday ^region$ ^state$ locale theme layout field pattern "
     "label code codec carrier tariff tier coupon discount widget dashboard screen "
     "dictionary lookup enum sequence cache balancing cron experiment condition facility "
     "tenant manufacturer color material job_queue feature_flag queue sip_profile "
     "conference_room conference_center conference_profile pool subnet server node class "
     "source form run process batch query check trigger schema_change meeting_room "
     "tool_call function_call api_call",
     "", ""},
    {FIRMS,
     "company organization organisation enterprise firm firma vendor supplier institution agency "
     "entreprise societe empresa azienda bedrijf unternehmen business account_group partner",
     "", ""},
    {DEALS,
     "order purchase checkout cart quote payment invoice donation subscription transaction "
     "transfer refund return sale contract claim campaign listing bestellung commande "
     "pedido ordine bestelling rechnung facture factura credit_note",
     "", ""},
    {FILES, "import export backup file upload attachment document image photo picture media blob",
     "", ""},
    {LINES,
     "extension phone_line sip_user sip_peer sip_account sip_device sip_endpoint "
     "voip_account voicemail_box voicemail_user mailbox did did_number toll_free_number "
     "blocked_number speed_dial phone_extension user_extension nebenstelle number_block "
     "number_blocklist number_blacklist call_block desk_phone ip_phone softphone handset "
     "phone_device call_forward call_forwarding",
     "line number endpoint peer phone device",
     "^extension$ ^caller_id$ voicemail caller_id_name caller_id_number sip_password"},
    {MAILED, "", "",
     "^email$ ^e_mail$ ^mail$ ^email_address$ ^contact_email$ ^phone$ ^phone_number$"},
    {LINKED, "", "",
     "<person>_id$ <person>_uuid$ <person>_fk$ account_id ^user_name$ ^email$ <person>_email$ "
     "<person>_name$ <person>_phone$"},
};

const char *const vocabulary_harmless =
    "^is ^has ^have ^max ^min ^num ^total ^default enabled$ disabled$ type$ opt$ "
    "required$ format$ template$ order$ version$ limit$ size$ expires$ level$ mode$ kind$ "
    "class$ visibility$ priority$ schema$ count$ counter$ policy$ rank$ sort$ flag$ "
    "color$ colour$ icon$ algorithm$ slug$ encoding$ charset$ checksum$ bitfield$";

const char *const vocabulary_switches =
    "^had ^can ^could ^should ^allow ^allowed ^enable ^enabled ^require ^requires ^show "
    "^notify ^use ^skip ^hide ^auto ^do ^are ^was ^send ^not ^not_send position$ locked$ "
    "active$ archived$ deleted$ public$ private$ visible$ verified$ confirmed$";

const char *const vocabulary_references = "id$ uuid$ guid$ fk$";

const struct category vocabulary_categories[] = {
    {"integration_credentials", vocabulary_credentials, &vocabulary_credentials_count},
    {"telephony", vocabulary_telephony, &vocabulary_telephony_count},
    {"usage", vocabulary_usage, &vocabulary_usage_count},
    {"personal", vocabulary_personal, &vocabulary_personal_count},
};
const size_t vocabulary_category_count =
    sizeof vocabulary_categories / sizeof *vocabulary_categories;
