/*
 * vocabulary_personal.c - what says who somebody is, or what they wrote
 *
 * The words of vCard (RFC 6350), OpenID Connect's claims, SCIM (RFC 7643), inetOrgPerson (RFC
 * 2798), iCalendar (RFC 5545), of mail (RFC 5322) and of everyday forms.
 */
#include "discover/vocabulary.h"

const struct rule vocabulary_personal[] = {
    {"email", 0.97, WORDS, 0, 0,
     "email e_mail mail$ mails mail_address mail_addr courriel correo correo_electronico "
     "posta_elettronica epost reply_to from_email to_email email_address electronic_mail "
     "sender_address recipient_address rcpt_to mail_from return_path cc$ bcc$ cc_address "
     "bcc_address to_list mailadresse emailadresse email_adresse e_mail_adresse "
     "adresse_mail adresse_email adresse_courriel mel correo_e direccion_correo "
     "indirizzo_email indirizzo_mail endereco_email e_mailadres mailbox_address "
     "inbound_address email_at",
     "type template format sent enabled digest provider$ server$ host$ port$ count setting "
     "settings "
     "notification notifications verified opt frequency subject id domain message_id body text "
     "html status preference preferences list subscription key attribute header event "
     "campaign error alert update limit in"},
    {"email", 0.97, WORDS, 0, CALLS, "from_address to_address", NULL},
    {"phone", 0.95, TEXT | NUMBER | DOCUMENT, 0, CALLS,
     "phone phone_number telephone telephone_number telefon telefono telefone telefoon "
     "telefax tel tel_number mobile mobile_number mobil movil cell cell_phone cell_number "
     "celular cellulare handy handy_nummer portable gsm fax fax_number whatsapp viber "
     "sms_number contact_number home_phone work_phone mobiel facsimile facsimile_telephone "
     "pager telex isdn gsm_number international_isdn telephone_portable telephone_fixe "
     "phone_office phone_home phone_mobile tel_nr mobilnummer mobiltelefon handynummer "
     "festnetz durchwahl faxnummer telefon_privat telefon_geschaeftlich rufnr num_tel "
     "numero_telephone numero_de_telephone telephone_mobile tel_mobile tel_fixe "
     "numero_telefono numero_de_telefono telefono_movil telefono_fijo numero_telefonico "
     "numero_cellulare telefono_cellulare telefone_celular numero_telefone telefoonnummer "
     "mobiele_nummer mobiel_nummer vast_nummer phone_work mobile_phone phone_1 phone_2 "
     "tel_1 tel_2 alt_phone other_phone evening_phone daytime_phone day_phone hm_telephone "
     "phone_ext number_work number_home number_mobile work_number home_number "
     "office_number private_number mobile_no cell_no phone_no tel_no fax_no home_no "
     "work_no office_no",
     "type enabled count verified app country code_sent status model os id isd carrier "
     "format sent_at at"},
    {"name", 0.96, WORDS, 0, 0,
     "first_name last_name middle_name maiden_name birth_name full_name family_name "
     "given_name legal_name real_name surname sur_name user_name nick_name additional_name "
     "short_name_user account_name login_name login_id screen_name sort_name phonetic "
     "phonetic_name preferred_name preferred_user_name formatted_name name_on_card "
     "<person>_name <person>_names <person>_login <person>_handle <person>_label "
     "<person>_title <person>_display_name <person>_full_name <person>_first_name "
     "<person>_last_name contact_person first_names prenom nom_famille nom_de_famille "
     "nom_complet vorname nachname familienname geburtsname zuname rufname apellido "
     "apellidos cognome sobrenome apelido voornaam achternaam tussenvoegsel roepnaam imie "
     "nazwisko fornamn efternamn initials salutation anrede civilite tratamiento "
     "trattamento aanhef name_prefix name_suffix honorific honorific_prefix "
     "honorific_suffix gecos fname lname mname given also_known_as alias_name whodunnit "
     "next_of_kin emergency_contact personal_name distinguished_name common_name "
     "subject_name sam_account user_principal federated_name reply_to_name nickname handle "
     "pronoun pronouns benutzername nutzername nom_utilisateur identifiant nombre_usuario "
     "nombre_de_usuario nome_utente nome_usuario gebruikersnaam login$ auth_user auth_name "
     "auth_user_name acct$ mothers_name friendly_name other_name original_name "
     "desired_name former_name old_name new_name billing_name shipping_name delivery_name "
     "^display_name$ user_display_name ^nick$ name_2 namenszusatz vollname kuerzel "
     "spitzname benutzer_name anmeldename kundenname firmenname kontoinhaber "
     "sachbearbeiter bearbeiter zustaendig betreuer unterzeichner nom_usage nom_naissance "
     "nom_usuel nom_marital nom_prenom pseudo pseudonyme titulaire redacteur auteur "
     "destinataires nombre_completo nombre_pila primer_apellido segundo_apellido apodo "
     "alias_usuario titular_cuenta nome_completo ragione nome_cognome soprannome "
     "intestatario redattore nome_social apelido_usuario responsavel titular_conta "
     "volledige_naam weergavenaam contactpersoon rekeninghouder behandelaar assistant_name "
     "personal_title login_as",
     "type format count policy file id at template attribute claim host domain class enabled "
     "table tag server ip time date"},
    {"name", 0.90, WORDS, 0, CALLS, "from_name to_name", NULL},
    {"person", 0.88, WORDS, 0, SETTINGS | CALLS | VISITS, "agent$ client$", NULL},
    {"person", 0.75, TEXT, 0, CALLS, "by$ por$ par$ door$",
     "order group sort filter locked encoded powered"},
    {"person", 0.88, WORDS, 0, SETTINGS | CALLS,
     "<who>$ <person>_list$ member_list created_by updated_by modified_by deleted_by "
     "changed_by uploaded_by approved_by assigned_to sent_by sent_to send_to send_from "
     "signed_by invited_by closed_by reviewed_by performed_by delegated_to delegated_from "
     "entered_by posted_by last_editor last_author mention mentions threepid peer jid "
     "bare_jid account$ with$",
     "type format count policy url domain domains role status group"},
    {"name", 0.86, WORDS, PEOPLE | FIRMS | LINES, 0,
     "^name$ ^title$ ^label$ ^alias$ ^description$ ^about$ ^bio$ ^cn$ ^sn$ ^fn$ ^uid$ ^n$ "
     "^initials$ ^nom$ ^nome$ ^naam$ ^long_description$ ^url$ ^uri$ <person>_description "
     "^nombre$ ^nombres$ ^fname$ ^ln$ ^mi$ ^firma$ ^bezeichnung$",
     NULL},
    {"name", 0.80, TEXT, 0, KEYS | VISITS | SETTINGS, "client_name", NULL},
    {"name", 0.70, WORDS, PEOPLE, 0, "name$",
     "<thing> file type class template table attr attribute param column field unit currency plan "
     "product stage"},
    {"details", 0.75, WORDS, 0, SETTINGS | KEYS,
     "<person>_information <person>_info <person>_detail <person>_data <person>_json "
     "<person>_payload <person>_snapshot",
     "id type count"},
    {"name", 0.72, TEXT, MAILED, SETTINGS | FIRMS | KEYS, "^name$", NULL},
    {"external id", 0.58, TEXT, PEOPLE, 0, "^code$ ^number$ ^reference$ ^ref$ ^no$ ^identifier$",
     NULL},
    {"external id", 0.60, TEXT | NUMBER, PEOPLE, 0,
     "<vendor>_id$ <vendor>_uid$ <vendor>_<person>_id$ webauthn_id", NULL},
    {"company", 0.75, TEXT, 0, SETTINGS,
     "company company_name organization organisation organization_name organisation_name "
     "employer societe firma empresa azienda bedrijf unternehmen foretag entreprise "
     "raison_sociale ragione_sociale razon_social vat vat_id vat_number tva siret siren "
     "tax_id tax_number steuernummer job_title occupation job_position position_title "
     "department division cost_center profession position_name school university college "
     "designation industry affiliation alumni_of works_for work_location legal_entity duns "
     "lei_code business_category department_number has_occupation beruf poste cargo puesto "
     "professione beroep functie org$ org_name workplace ou physical_delivery_office "
     "founder rechtsform umsatzsteuer ust_id ust_idnr ustid ust_id_nr handelsregister "
     "handelsregister_nr firmenname abteilung firmensitz arbeitgeber denomination "
     "nom_societe nom_entreprise service_nom fonction nombre_empresa denominacion "
     "departamento cargo_puesto nome_azienda denominazione reparto mansione nome_empresa "
     "bedrijfsnaam afdeling functietitel kvk kvk_nummer btw btw_nummer employer_name dept "
     "institute major job_role job_description job_name position_held switchboard",
     "type size url count domain status"},
    {"id number", 0.93, TEXT | NUMBER, 0, 0,
     "ssn social_security passport national_id nir driver_license driver_licence "
     "driving_licence driving_license drivers_license license_plate plate_number "
     "car_license insurance_number medical_record identity_number identity_card id_card "
     "id_number personal_number citizen_id pesel nip cpf cnpj rut curp dni nif nie "
     "codice_fiscale partita_iva bsn personnummer steuer_id numero_secu nino abn acn tin "
     "ein fiscal_code document_number fiscal_number police_report health_number nhs_number "
     "call_sign personal_id license_number licence_number tax_identification legal_number "
     "company_number ausweisnummer personalausweis reisepass fuehrerschein "
     "sozialversicherungsnummer steuernummer versicherungsnummer numero_securite_sociale "
     "securite_sociale carte_identite permis_conduire numero_passeport documento_identidad "
     "numero_documento carnet licencia_conducir seguridad_social carta_identita patente "
     "codice_sanitario tessera_sanitaria numero_identidade carteira_identidade rg "
     "identiteitskaart rijbewijs paspoort rijksregister ssn_num sin_num sin_number "
     "license_no licence_no passport_num passport_no id_no id_num idcard ident_no "
     "identity_no identity_document ni_number inn snils itin sin vin tax_no vat_no "
     "registration_no reg_no company_no commercial_register",
     "enabled type prefix"},
    {"address", 0.84, WORDS, 0, VISITS | CALLS | SETTINGS, "address addr",
     "type format count ip ipv mac url id email e_mail inbox bus memory status <thing>"},
    {"address", 0.88, WORDS, 0, 0,
     "address_line street street_address line_1 line_2 line_3 city town village zip "
     "zip_code postal_code post_code postcode postal county province state_name adresse "
     "ville code_postal rue plz strasse hausnummer ort wohnort anschrift landkreis "
     "bundesland direccion calle ciudad codigo_postal poblacion provincia indirizzo citta "
     "cap comune endereco morada rua cidade cep bairro straat huisnummer plaats woonplaats "
     "po_box post_office_box suburb locality house_number apartment home_address "
     "billing_address shipping_address residence building room_number floor_number "
     "neighborhood neighbourhood district colony hamlet municipality home_postal l$ "
     "street_number house_no billing_country billing_state shipping_country shipping_state "
     "mailing_country mailing_state region_string home_location addressbook_address "
     "address_1 address_2 address_3 line_one line_two line_three mail_code address_state "
     "address_country address_region hausnr hausnr_zusatz postleitzahl ortsteil stadt "
     "adresszusatz lieferanschrift rechnungsanschrift lieferadresse rechnungsadresse "
     "anschrift_zeile stockwerk kanton gemeinde commune complement_adresse complement voie "
     "numero_voie lieu_dit departement_residence ville_residence adresse_postale domicile "
     "domicilio calle_numero colonia municipio localidad barrio cp direccion_postal "
     "indirizzo_residenza civico numero_civico localita frazione residenza logradouro "
     "numero_casa complemento uf distrito postcode_plaats adres huisnr toevoeging gemeente "
     "woonadres pcode zipcode townland state_of_residence mailing_address postal_address "
     "bill_to ship_to bill_to_address ship_to_address mail_stop block_address localite",
     "type format count ip ipv mac url id email e_mail inbox bus memory status <thing>"},
    {"address", 0.84, NUMBER, 0, SETTINGS, "postal_code zip_code post_code zip$ plz", NULL},
    {"place", 0.85, TEXT | NUMBER | PLACE | DOCUMENT | CODE, 0, SETTINGS,
     "latitude longitude lat lng lon long$ geo coordinates coords geolocation gps location_name "
     "altitude place_of_birth birthplace birth_place lieu_naissance death_place geohash "
     "location_string home_lat home_lon",
     "type"},
    {"place", 0.70, PLACE, 0, SETTINGS, "", NULL},
    {"birth", 0.95, ANY & ~FLAG, 0, 0,
     "birth birthday birth_date date_of_birth dob bday naissance date_naissance "
     "geburtsdatum geburtstag geburts geboren fecha_nacimiento nacimiento data_nascita "
     "nascita data_nascimento nascimento geboorte geboortedatum anniversary death_date "
     "date_of_death deceased yob year_of_birth ^age$ current_age user_age patient_age "
     "^alter$ geburtsort geburtsland geburtsname_datum geb_datum gebdat date_de_naissance "
     "lieu_de_naissance fecha_de_nacimiento fecha_nac lugar_nacimiento data_di_nascita "
     "luogo_nascita luogo_di_nascita data_de_nascimento local_nascimento geb_dat "
     "geboorteplaats birthdate birth_year birth_month birth_day date_birth edad idade "
     "leeftijd",
     "type"},
    {"demographic", 0.86, ANY & ~FLAG, 0, 0,
     "gender sex geschlecht sexe sexo sesso geslacht genero nationality nationalite "
     "nationalitaet marital marital_status religion ethnicity race$ disability salary wage "
     "income net_worth hobby hobbies children language_spoken knows_language knows_about "
     "preferred_language native_language spouse sibling citizenship education political "
     "sexual_orientation user_language familienstand staatsangehoerigkeit konfession beruf "
     "gehalt kinder anzahl_kinder situation_familiale etat_civil nombre_enfants enfants "
     "profession_csp salaire estado_civil hijos numero_hijos sueldo salario stato_civile "
     "figli stipendio filhos burgerlijke_staat kinderen salaris household_size "
     "household_income number_of_children num_children num_adults num_dependents "
     "marital_state ethnic race_code ethnic_race pay_rate hourly_rate wages bonus "
     "relationship kinship employment_status housing_status military veteran pregnant "
     "smoker languages_spoken hair_color eye_color shoe_size shirt_size tshirt_size "
     "t_shirt_size body_weight body_height number_of_dependents",
     "type row line max min image screen frame width"},
    {"demographic", 0.70, NUMBER | TEXT, PEOPLE, 0, "^height$ ^weight$ ^annual_revenue$ ^revenue$",
     NULL},
    {"details", 0.60, TIME, PEOPLE, 0,
     "hired hire_date join_date joining employment_date leaving_date termination_date "
     "exit_date graduation graduated enrolled enrollment_date enrolment_date married "
     "wedding eintritt austritt einstellung embauche ingreso contratacion assunzione "
     "admissao indiensttreding",
     "id"},
    {"health", 0.86, ANY, LINKED, SETTINGS,
     "blood blood_group blood_type diagnosis diagnosed allergy medication prescription symptom "
     "disease hypertension diabetes heart stroke systolic diastolic cholesterol smoking tobacco "
     "vaccination pregnancy dosage treatment medicine patient_notes krankheit maladie enfermedad "
     "malattia doenca ziekte",
     "id at recorded_at"},
    {"bank", 0.92, TEXT | NUMBER | DOCUMENT, 0, 0,
     "iban bic swift card_number credit_card debit_card cc_number cc_last card_last last4 "
     "last_4 last_digits last_four cc_type card_brand card_type expiry_month expiry_year "
     "exp_month exp_year card_holder card_expiry routing_number bank_account bank_name "
     "account_number konto kontonummer cuenta_bancaria conto_corrente sepa bank_details "
     "stripe_customer customer_stripe payment_profile customer_profile payer_id receipt "
     "sort_code bankverbindung bankleitzahl blz kreditinstitut kontoinhaber rib "
     "coordonnees_bancaires compte_bancaire numero_compte cuenta numero_cuenta clabe "
     "conto_bancario numero_conto conta_bancaria numero_conta agencia rekeningnummer "
     "bank_code bank_number bank_acct acct_number account_no routing_num routing_no "
     "card_no card_num pan card_expiry_date cardholder_name payer_reference "
     "gateway_reference customer_profile_id payment_profile_id",
     "enabled url"},
    {"social", 0.88, WORDS, 0, 0,
     "skype twitter linkedin facebook instagram telegram github_user_name mastodon website "
     "homepage web_site social jabber icq xmpp jid discord profile_url blog blog_url aim "
     "msn yahoo google_plus youtube impp ims personal_url labeled_uri website_url "
     "home_page signal_id linked_in linked_in_url xing xing_profil social_profile "
     "facebook_url facebook_page twitter_handle instagram_handle webseite internetseite "
     "site_web pagina_web sito_web sitio_web siteweb",
     "enabled count token secret key id type"},
    {"picture", 0.87, VALUE, 0, SETTINGS | KEYS,
     "avatar photo picture selfie profile_image portrait voice_print thumbnail_photo "
     "userpic headshot biometric face jpeg_photo profile_picture foto bild retrato "
     "profile_pic signature$ signature_image",
     "count size type content_type updated enabled algorithm key"},
    {"external id", 0.66, TEXT, 0, SETTINGS | CALLS,
     "<person>_number <person>_code <person>_ref <person>_reference <person>_no$ "
     "<person>_identifier kundennummer numero_client kunden_nr personalnummer "
     "membership_number account_ref federated_user_id provider_user_id provider_uid "
     "external_user_id enduser_id end_user_id user_handle provider_account_id auth_uid "
     "sub$ name_id ldap_id chargeable_user_identity subject_id remote_user_id "
     "foreign_user_id idp_user_id third_party_id",
     "type"},
    {"external id", 0.60, TEXT, PEOPLE | VISITS | MESSAGES, 0,
     "external_id external_ref <person>_id$ uid$ unique_identifier subject$", "type"},
    {"locale", 0.65, WORDS, PEOPLE, 0,
     "locale language languages lang preferred_language time_zone zone_info zoneinfo tz "
     "chosen_language country country_code country_name ^state$ address_state user_state province "
     "region location "
     "nation langue sprache idioma lingua taal pays land pais paese provinz",
     "type <thing>"},
    {"marked", 0.85, ANY & ~FLAG, 0, 0,
     "pii personal_data personenbezogen donnee_personnelle dato_personal gdpr_data", "type"},

    {"free text", 0.55, TEXT, 0, SETTINGS, "^body$ ^message_body$", NULL},
    {"free text", 0.74, WORDS, CALLS, 0,
     "text message short_message content note comment subject reason description",
     "type count id reference uid sid status"},
    {"free text", 0.78, WORDS, 0, SETTINGS,
     "note notes comment comments bio biography about_me message_text message_body "
     "feedback testimonial remark remarks annotation raw_email message_html body_html "
     "html_body text_body plain_text memo additional_info additional_notes status_message "
     "status_text instruction bemerkung bemerkungen notiz notizen anmerkung kommentar "
     "commentaire remarque observacion observaciones observacoes observacao comentario "
     "osservazioni osservazione opmerking opmerkingen toelichting free_text complaint "
     "raw_payload raw_message personal_statement internal_comment cancellation_reason "
     "cancel_reason reschedule_reason rejection_reason additional_comment internal_note "
     "special_request special_instruction quote description_ciphertext away_message "
     "message_content freitext gespraechsnotiz beschreibung_frei hinweis hinweise vermerk "
     "observations observation appreciation nota_interna notas anotacion anotaciones "
     "comentarios apuntes appunti commento annotazioni anotacao anotacoes notitie notities "
     "aantekening aantekeningen background_info biographie lebenslauf curriculum parcours "
     "motivation cover_letter resume_text cv_text allergies special_needs dietary "
     "mobility_notes narrative story essay statement_text free_form verbatim minutes "
     "agenda auto_reply away_text",
     "count type id enabled format template label"},
    {"free text", 0.74, WORDS | BYTES, MESSAGES | FILES, 0,
     "^name$ ^original_name$ ^path$ file_path room_name channel_name", NULL},
    {"file", 0.70, WORDS | BYTES, FILES, 0,
     "^title$ ^file$ raw row description content ^data$ file_name ^filename$ caption "
     "comment alt_text metadata original_name uri text extracted extracted_text ocr "
     "ocr_text pdf scan title original_title storage_path file_path",
     "type count id status template"},
    {"free text", 0.74, WORDS, DEALS, 0,
     "^subject$ description detail note comment message reason next_step data value "
     "metadata summary instruction purpose memo receipt address",
     "count type id status code response"},
    {"free text", 0.74, WORDS | BYTES, PEOPLE | MESSAGES | MEETINGS, 0,
     "body message text content contents subject answer html snippet reason transcript "
     "note stanza betreff asunto oggetto onderwerp inhalt contenu contenido contenuto "
     "objet texte texto testo reply resolution conclusion description detail summary "
     "question custom_field custom_input attribute metadata extra property prop value "
     "title payload topic trait field raw json data additional response attachment "
     "file_name file media option headers caption link keyword interest beschreibung titre "
     "titel titulo titolo descripcion descricao descrizione omschrijving",
     "count type id status code slug button stock cached manufacturer fail failure error"},
    {"free text", 0.66, WORDS, LINKED, SETTINGS | CALLS | VISITS,
     "body message text content subject detail answer reason response payload raw metadata "
     "quote story file_name caption goal result feedback custom purpose impact explanation "
     "justification background circumstance relationship describe caption description data "
     "information info extra summary title asunto descripcion texto mensaje betreff "
     "beschreibung nachricht objet contenu oggetto descrizione testo assunto descricao "
     "onderwerp omschrijving tekst inhalt",
     "type count id status code"},
    {"meeting", 0.76, TIME | NUMBER, MEETINGS, 0,
     "<began> <ended> <began>_<moment> <ended>_<moment> dtstart dtend ^from$ ^to$ ^due$ "
     "^date$ ^time$ ^fine$ ora_fine data_fine meeting_date booking_date event_date "
     "visit_date appointment scheduled datetime until slot check_in check_out arrival "
     "departure from_<moment> to_<moment> until_<moment> till_<moment> ^von$ ^bis$ ^du$ "
     "^au$ ^desde$ ^hasta$ ^dal$ ^al$ ^van$ ^tot$ ^de$ ^ate$ shift_<moment> "
     "roster_<moment> appointment_<moment>",
     "created updated modified deleted id expires stamp min max buffer"},
    {"meeting", 0.72, WORDS, MEETINGS, 0,
     "location place venue url link conference attendee organizer participant guest summary title "
     "ort lieu lugar luogo local plaats meeting_url join_url room geo answer name form resource "
     "raw ical attach comment contact reply",
     "type id"},
    {"place", 0.65, TEXT | DOCUMENT | CODE, PEOPLE | MESSAGES, 0,
     "location country country_code country_name time_zone language native_language geo", "type"},
    {"free text", 0.55, WORDS, 0, SETTINGS | KEYS | VISITS,
     "raw_payload raw_data request_body response_body object_changes old_data new_data "
     "form_data submission audited_changes changeset before_change ^answers$ snapshot "
     "old_record new_record old_value new_value before_value after_value previous_value "
     "alter_wert neuer_wert valor_anterior valor_nuevo ancienne_valeur nouvelle_valeur",
     "id type status code"},
    {"free text", 0.55, WORDS, VISITS, 0,
     "^object$ ^object_changes$ ^audited_changes$ old_value new_value before_value after_value "
     "^before$ ^after$ before_state after_state old_state new_state changes diff snapshot "
     "before_json after_json old_json new_json before_data after_data object_repr",
     NULL},
    {"details", 0.50, WORDS | BYTES, PEOPLE, 0, "",
     "id uuid type status state kind role color colour theme currency slug scope provider "
     "setting preference preferences version source level plan tier visibility protocol "
     "format domain realm tenant permission flag priority class mode inbox outbox "
     "content_type public_key tag category header stage feature period hash checksum "
     "collection classification locked sells visible url uri <thing> method code key "
     "result error channel origin action event model unit sku path group policy token_type "
     "schema_name vendor rating name number identifier interval environment statut estado "
     "stato stand"},
    {"free text", 0.50, TEXT | DOCUMENT, MESSAGES | BESIDE, 0, "",
     "id uuid type status state kind role color slug provider version format lang language "
     "visibility priority category channel icon uri url mode direction event hash checksum "
     "content_type mime path key domain name folder sha storage service etag encoding "
     "source template code error class method action model currency md5 ext extension "
     "rating tag label filter statut estado stato stand"},
    {"details", 0.45, TEXT | DOCUMENT, LINKED | MAILED,
     SETTINGS | KEYS | FILES | VISITS | CALLS | FIRMS | DEALS, "",
     "id uuid type status state kind role color slug provider version format lang language "
     "visibility priority category channel icon uri url mode direction event hash checksum "
     "content_type mime path key domain name folder sha storage service etag encoding "
     "source template code error class method action model currency md5 ext extension "
     "rating tag label filter statut estado stato stand"},
    {"meeting", 0.50, TEXT | DOCUMENT, MEETINGS, 0, "",
     "id uid uuid type status state kind role color slug provider version format lang "
     "language visibility priority category channel icon mode event hash checksum key "
     "class transp rrule partstat rsvp cutype sequence recurrence currency source code "
     "method action exdate rdate calendar_id metadata_key statut estado stato stand vendor "
     "error"},
};
const size_t vocabulary_personal_count = sizeof vocabulary_personal / sizeof *vocabulary_personal;
