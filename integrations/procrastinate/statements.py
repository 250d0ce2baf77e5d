"""What we say to Procrastinate's tables ourselves: its own calls cannot merge a job with the one that waits already."""

from __future__ import annotations

from typing import Final

QUEUE: Final = "frontdesk"

# One waiting job per key, due at the earlier time. A job that runs is not in the index, so a new one waits beside it.
# Procrastinate starts the jobs of one lock by priority, then by id: the priority is the due time, earlier is higher.
WRITE: Final = """
INSERT INTO procrastinate_jobs AS job (queue_name, task_name, priority, lock, queueing_lock, args, scheduled_at)
VALUES (%(queue)s, %(kind)s, %(priority)s, %(lock)s, %(key)s, %(args)s::jsonb, %(due)s)
ON CONFLICT (queueing_lock) WHERE status = 'todo'::procrastinate_job_status
DO UPDATE SET scheduled_at = LEAST(job.scheduled_at, excluded.scheduled_at),
              priority = GREATEST(job.priority, excluded.priority)
RETURNING (xmax = 0) AS fresh
"""

FORGET: Final = "DELETE FROM procrastinate_jobs WHERE queueing_lock = %(key)s AND status = 'todo'"

TAKE: Final = """
UPDATE procrastinate_jobs SET status = 'doing' WHERE id = (
    SELECT id FROM procrastinate_jobs AS job
     WHERE status = 'todo' AND queue_name = %(queue)s AND scheduled_at <= %(until)s
       AND NOT EXISTS (SELECT 1 FROM procrastinate_jobs AS other WHERE other.lock = job.lock AND other.status = 'doing')
     ORDER BY priority DESC, id LIMIT 1 FOR UPDATE SKIP LOCKED
)
RETURNING id, task_name, queueing_lock, lock, args
"""

DONE: Final = "DELETE FROM procrastinate_jobs WHERE id = %(id)s AND status = 'doing'"
DEAD: Final = "UPDATE procrastinate_jobs SET status = 'failed' WHERE id = %(id)s AND status = 'doing'"

# a job whose worker died goes back to waiting; where a newer one with the same key waits already, that one is enough
SUPERSEDED: Final = """
DELETE FROM procrastinate_jobs AS job
 WHERE id = %(id)s AND status = 'doing' AND EXISTS (
    SELECT 1 FROM procrastinate_jobs AS newer WHERE newer.queueing_lock = job.queueing_lock AND newer.status = 'todo'
 )
"""
AGAIN: Final = "UPDATE procrastinate_jobs SET status = 'todo', worker_id = NULL WHERE id = %(id)s AND status = 'doing'"

COUNT: Final = """
SELECT count(*) FILTER (WHERE status = 'todo') AS waiting,
       count(*) FILTER (WHERE status = 'doing') AS running,
       count(*) FILTER (WHERE status = 'failed') AS dead
  FROM procrastinate_jobs WHERE queue_name = %(queue)s
"""
