-- What waits is said beside the rooms or at a table: where, and what kind of fact it becomes.
ALTER TABLE waiting_voices RENAME COLUMN engagement TO place;

ALTER TABLE waiting_voices ADD COLUMN kind TEXT NOT NULL DEFAULT 'voice.spoken';
