"""Work behind the page cache, done by Celery."""

from celery import shared_task

from content.pagecache import debts, edge, faults, warming
from content.pagecache.link import LinkFault


@shared_task(name="content.pagecache.tasks.pay_debts")
def pay_debts() -> None:
    """Make up for changes that the cache has missed, as when it was away or a process was killed."""
    try:
        debts.pay_debts(older_than=debts.GRACE)
        faults.tell_faults()
    except LinkFault as fault:  # the next round tries again
        faults.note_fault("paying debts", fault)


@shared_task(name="content.pagecache.tasks.warm_pages", time_limit=1800, soft_time_limit=1740)
def warm_pages() -> None:
    """Render every page of the site into the cache, unless somebody does already."""
    warming.warm()


@shared_task(name="content.pagecache.tasks.warm_after_emptying")
def warm_after_emptying() -> None:
    """Have the pages warmed if somebody or something has emptied the cache: a release, a fault, an administrator."""
    try:
        if warming.is_due():
            warm_pages.delay()
    except LinkFault as fault:
        faults.note_fault("asking", fault)


@shared_task(name="content.pagecache.tasks.purge_edge", ignore_result=True)
def purge_edge() -> None:
    """Purge the network before the site if pages became old. Asked for by each change, and every few seconds."""
    try:
        edge.purge_what_is_old()
    except LinkFault as fault:
        faults.note_fault("asking", fault)
