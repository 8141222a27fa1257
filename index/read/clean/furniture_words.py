"""The words of site furniture: whole lines in lower case, without the signs around them, and sharing buttons."""

from typing import Final

_LINES: Final = """
accept all cookies|accept cookies|ad|add a comment|ads|advertisement|advertisement advertisement
advertisement continue reading the main story|advertisements|advertising|all rights reserved|also read|also see
article continues after advertisement|article continues below|article continues below advertisement|back to top
break|click here|click here for reprint permission|click here for the fox news app
click here to get the fox news app|click to expand|click to get the fox news app|close|comments|continue reading
continue reading below|continue reading the main story|cookie policy|cookie settings|copy link|download the app
e-mail|email|enlarge this image|facebook|flipboard|get the fox news app|hide caption|leave a comment|linkedin|listen
listen now|loading|log in|manage cookies|manage newsletters|menu|minimize|more on this|more on this story
more on this topic|more stories|most popular|most read|mute|newsletter|newsletter sign up|newsletter sign-up
newsletter signup|newsletters|next|next article|paid content|photo|photos|pinterest|play video|post a comment|prev
previous|previous article|print|privacy policy|promoted content|promoted stories|pullquote|read also|read more
read next|read this next|recommended|recommended for you|recommended reading|recommended stories|reddit|register
related|related articles|related content|related coverage|related news|related stories|related topics|save article
saved articles|scroll down to continue|scroll to continue|see also|send letters to the editor|share
share on facebook|share on twitter|share this|share this article|share this page|share this post|share this story
show comments|sign in|sign up|sign up here|sign up now|sign up today|skip to content|skip to main content
skip to navigation|slideshow|sponsored|sponsored content|story continued below|story continues after advertisement
story continues below|story continues below advertisement|subscribe|subscribe now|subscribe today
terms and conditions|terms of service|terms of use|toggle caption|trending|trending now|tweet|twitter|unmute|up next
video|view comments|view gallery|view slideshow|visit business insider's homepage for more stories|watch|watch live
watch now|whatsapp|you may also like|you might also like
"""
_SHARING: Final = """
share tweet post email e-mail print facebook twitter pinterest whatsapp linkedin reddit flipboard telegram messenger
copy link save pocket comment comments x bluesky threads instagram tumblr google+ snapchat sms icon this article story
on via
"""
_SERVICES: Final = "share tweet email print facebook twitter pinterest whatsapp linkedin reddit flipboard"

LINES: Final = frozenset(_LINES.strip().replace("\n", "|").split("|"))
"""Lines that are nothing but furniture."""
SHARING: Final = frozenset(_SHARING.split())
"""Words of which a row of sharing buttons consists."""
SERVICES: Final = frozenset(_SERVICES.split())
"""Words of which a row of sharing buttons has at least one."""
