DROP TABLE dossier_defects;
