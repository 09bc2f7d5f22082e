"""
A WebKitGTK window that keeps its data in a folder, driven by lines of JSON. The engine's own driver forgets everything when
its browser ends, and what a device keeps over its end is what is asked here.

  <- {"id": number, "goto": url} | {"id": number, "run": the body of an async function that returns a text}
  -> {"id": number, "value": text} | {"id": number, "error": text}; none of what ran in a page that was left
"""

import json
import sys

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import GLib, Gtk, WebKit2  # noqa: E402

folder, language = sys.argv[1:]
manager = WebKit2.WebsiteDataManager(base_data_directory=f"{folder}/data", base_cache_directory=f"{folder}/cache")
context = WebKit2.WebContext.new_with_website_data_manager(manager)
context.set_preferred_languages([language])
view = WebKit2.WebView.new_with_context(context)
settings = view.get_settings()
settings.set_hardware_acceleration_policy(WebKit2.HardwareAccelerationPolicy.NEVER)
settings.set_enable_write_console_messages_to_stdout(False)
# It keeps a page that is left in the middle of a transaction as it is, to come back to, and with it the tables: the next page would wait
# for them for ever. In the app nobody leaves a page; what is asked here loads one after the other.
settings.set_enable_page_cache(False)
window = Gtk.Window()
window.set_default_size(390, 844)
window.add(view)
window.show_all()


def say(**answer):
    print(json.dumps(answer), flush=True)


going = None


def loaded(_view, event):
    global going
    if going is not None and event == WebKit2.LoadEvent.FINISHED:
        say(id=going, value="")
        going = None


def failed(_view, _event, url, error):
    global going
    if going is not None:
        say(id=going, error=f"{url}: {error.message}")
        going = None
    return False


def ran(_view, result, number):
    try:
        say(id=number, value=view.call_async_javascript_function_finish(result).to_string())
    except GLib.Error as error:
        say(id=number, error=error.message)


def heard(channel, _condition):
    global going
    line = channel.readline()
    if line == "":
        Gtk.main_quit()
        return False
    asked = json.loads(line)
    if "goto" in asked:
        going = asked["id"]
        view.load_uri(asked["goto"])
    else:
        view.call_async_javascript_function(asked["run"], -1, None, None, None, None, ran, asked["id"])
    return True


view.connect("load-changed", loaded)
view.connect("load-failed", failed)
GLib.io_add_watch(GLib.IOChannel.unix_new(0), GLib.PRIORITY_DEFAULT, GLib.IOCondition.IN | GLib.IOCondition.HUP, heard)
Gtk.main()
