from home.models.announcements import Announcement, Level
from home.models.approval import PublisherApproval
from home.models.editorial import EditorialSnippet
from home.models.home_page import HomePage
from home.models.menus import Footer, Menu
from home.models.partners import Partner
from home.models.settings import SiteIdentity, SiteNavigation

__all__ = [
    "Announcement",
    "EditorialSnippet",
    "Footer",
    "HomePage",
    "Level",
    "Menu",
    "Partner",
    "PublisherApproval",
    "SiteIdentity",
    "SiteNavigation",
]
