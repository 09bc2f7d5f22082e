"""
A WebKitGTK window that keeps its data in a folder, driven by lines of JSON. The engine's own driver forgets everything when
its browser ends, and what a device keeps over its end is what is asked here.

  <- {"goto": url} | {"run": the body of an async function that returns a text}
  -> {"value": text} | {"error": text}, one for each, in order
"""

import json
import sys

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import GLib, Gtk, WebKit2  # noqa: E402

folder = sys.argv[1]
manager = WebKit2.WebsiteDataManager(base_data_directory=f"{folder}/data", base_cache_directory=f"{folder}/cache")
view = WebKit2.WebView.new_with_context(WebKit2.WebContext.new_with_website_data_manager(manager))
settings = view.get_settings()
settings.set_hardware_acceleration_policy(WebKit2.HardwareAccelerationPolicy.NEVER)
settings.set_enable_write_console_messages_to_stdout(False)
window = Gtk.Window()
window.set_default_size(390, 844)
window.add(view)
window.show_all()


def say(**answer):
    print(json.dumps(answer), flush=True)


going = False


def loaded(_view, event):
    global going
    if going and event == WebKit2.LoadEvent.FINISHED:
        going = False
        say(value="")


def failed(_view, _event, url, error):
    global going
    if going:
        going = False
        say(error=f"{url}: {error.message}")
    return False


def ran(_view, result):
    try:
        say(value=view.call_async_javascript_function_finish(result).to_string())
    except GLib.Error as error:
        say(error=error.message)


def heard(channel, _condition):
    global going
    line = channel.readline()
    if line == "":
        Gtk.main_quit()
        return False
    asked = json.loads(line)
    if "goto" in asked:
        going = True
        view.load_uri(asked["goto"])
    else:
        view.call_async_javascript_function(asked["run"], -1, None, None, None, None, ran)
    return True


view.connect("load-changed", loaded)
view.connect("load-failed", failed)
GLib.io_add_watch(GLib.IOChannel.unix_new(0), GLib.PRIORITY_DEFAULT, GLib.IOCondition.IN | GLib.IOCondition.HUP, heard)
Gtk.main()
