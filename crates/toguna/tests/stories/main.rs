//! Stories: a person does a thing, in French, through HTTP. After each, replay equals the tables, the record
//! is whole and signed, and nothing held was shown to anyone who is not signed in.
//!
//! With the address of a PostgreSQL server in `TOGUNA_STORIES_ON`, all of them are told on it.
//!
//! All of it happens in the exercise of the demonstration: commune, people, organisations and facts are
//! fictional.

#![allow(clippy::unwrap_used, reason = "a story that cannot go on panics")]

mod form;
mod scene;
mod server;
mod visitor;

mod awa_tient_son_comite;
mod ce_qui_est_refuse;
mod kadi_verifie;
mod la_gardienne_verse_une_liste;
mod le_gouverneur_repond_par_lien;
mod le_maire_invoque_le_secret;
mod le_maire_repond_a_temps;
mod le_maire_se_tait;
mod le_texte_les_nommes_les_presents;
mod les_formats_ouverts;
mod moussa_constate_sur_place;
mod moussa_declare_ses_ressources;
mod moussa_demande_un_siege;
mod moussa_est_inscrit_deux_fois;
mod moussa_fait_le_bilan_de_son_organisation;
mod moussa_repond_de_son_organisation;
mod moussa_tient_son_calendrier;
mod rien_de_fictif_dans_les_chiffres;
mod rien_sur_les_visiteurs;
mod un_autre_pays;
mod un_texte_est_retire;
mod une_annee_d_exercice;
mod une_place_au_sort;
